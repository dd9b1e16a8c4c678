"""A request that has to be refused."""

import httpx

from api.meanings import MEANINGS
from store.connection import Pool
from tests.api.kept import kept
from tests.city import City, Json


async def refused(city: City, pool: Pool, request: httpx.Request, status: int, code: str) -> Json:
    """The problem, once it is seen to be whole and to have changed nothing."""
    before = await kept(pool)
    answer = await city.http.send(request)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    problem = answer.json()
    assert problem["code"] == code, problem
    assert (problem["title"], problem["detail"]) == (MEANINGS[code].what, MEANINGS[code].mend)
    assert await kept(pool) == before
    return problem
