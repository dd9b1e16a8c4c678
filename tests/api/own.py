"""A complainant's own requests: no key, a phone in a header, and an address in the network to come from."""

import random

import httpx

from tests.city import City, Json


def anywhere() -> str:
    """An address that no other test comes from."""
    return ".".join(str(random.randrange(1, 255)) for _ in range(4))


async def own(
    city: City,
    ticket_no: str,
    phone: str | None,
    what: str = "",
    body: Json | None = None,
    source: str | None = None,
    key: str | None = None,
) -> httpx.Response:
    """One request as the complainant sends it: a GET without a body, a POST with one."""
    headers = {"X-Forwarded-For": source or anywhere()}
    headers |= {} if phone is None else {"Complainant-Phone": phone}
    headers |= {} if key is None else {"Idempotency-Key": key}
    method = "GET" if body is None else "POST"
    return await city.http.request(method, f"/v1/my/complaints/{ticket_no}{what}", json=body, headers=headers)
