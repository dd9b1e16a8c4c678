"""Addresses, ticket numbers, cursors, filters and instants that cannot be: refused, each by its code."""

import pytest

from domain.actor import Role
from store.connection import Pool
from tests.api.refused import refused
from tests.city import City


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("number", "status", "code"),
    [
        ("20991231-00000001", 404, "unknown_ticket"),
        ("20261399-00000001", 404, "unknown_ticket"),
        ("1", 422, "invalid_request"),
        ("20261122-0000001٧", 422, "invalid_request"),
        ("20261122-00000017%0A", 422, "invalid_request"),
        ("%00", 422, "invalid_request"),
        ("%ff%fe", 422, "invalid_request"),
        ("x" * 5000, 422, "invalid_request"),
        ("..%2f..%2fetc", 404, "not_found"),
        ("' OR 1=1 --", 422, "invalid_request"),
    ],
)
async def test_a_ticket_that_is_not_there_is_not_found(
    city: City, pool: Pool, method: str, number: str, status: int, code: str
) -> None:
    headers = await city.key(Role.SEAT)
    url = f"/v1/complaints/{number}" + ("/supplement" if method == "POST" else "")
    body = {"note": "补充"} if method == "POST" else None
    await refused(city, pool, city.http.build_request(method, url, json=body, headers=headers), status, code)


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("complaints", "cursor=abc", 400, "bad_cursor"),
        ("complaints", "cursor=", 400, "bad_cursor"),
        ("complaints", "cursor=20261122-00000017%00", 400, "bad_cursor"),
        ("complaints", "cursor=20261122-00000017%0A", 400, "bad_cursor"),
        ("complaints", "cursor=%ff", 400, "bad_cursor"),
        ("complaints", "stage=asleep", 422, "invalid_request"),
        ("complaints", "unit=%00", 422, "invalid_request"),
        ("complaints", "lead=lower", 422, "invalid_request"),
        ("complaints", "district=11%0A", 422, "invalid_request"),
        ("complaints", "item=1", 422, "invalid_request"),
        ("complaints", "limit=0", 422, "invalid_request"),
        ("complaints", "limit=201", 422, "invalid_request"),
        ("complaints", "limit=1.5", 422, "invalid_request"),
        ("complaints", f"limit={'9' * 50}", 422, "invalid_request"),
        ("complaints", f"limit={'9' * 5000}", 422, "invalid_request"),
        ("complaints", "overdue=maybe", 422, "invalid_request"),
        ("complaints", "due_before=tomorrow", 422, "invalid_request"),
        ("complaints", "due_before=2026-11-22T09:00:00", 422, "invalid_request"),
        ("complaints", "due_before=2026-11-22", 422, "invalid_request"),
        ("complaints", "due_before=2026-02-30T09:00:00Z", 422, "invalid_request"),
        ("complaints", "due_before=0001-01-01T00:00:00%2B08:00", 422, "invalid_request"),
        ("complaints", "due_before=0001-01-01T00:00:00Z", 422, "invalid_request"),
        ("complaints", "due_before=9999-12-31T23:59:59-12:00", 422, "invalid_request"),
        ("complaints", "due_before=1999-12-31T23:59:59Z", 422, "invalid_request"),
        ("complaints", "due_before=2100-01-01T00:00:00Z", 422, "invalid_request"),
        ("complaints", "due_before=2099-12-31T23:59:59-12:00", 422, "invalid_request"),
        ("complaints", "due_before=1e400", 422, "invalid_request"),
        ("complaints", "due_before=-99999999999999999", 422, "invalid_request"),
        ("complaints", "due_before=NaN", 422, "invalid_request"),
        ("complaints", "due_before=2026-11-22T09:00:00%2B99:00", 422, "invalid_request"),
        ("notices", "since=0001-01-01T00:00:00%2B14:00", 422, "invalid_request"),
        ("notices", "since=9999-12-31T23:59:59-14:00", 422, "invalid_request"),
        ("notices", "since=2026-11-22T09:00:00", 422, "invalid_request"),
        ("notices", "limit=501", 422, "invalid_request"),
        ("units", "kind=ministry", 422, "invalid_request"),
        ("units", "sort=name", 422, "invalid_request"),
        ("complaints", "stages=handling", 422, "invalid_request"),
        ("complaints", "=x", 422, "invalid_request"),
    ],
)
async def test_a_question_that_cannot_be_is_refused(
    city: City, pool: Pool, path: str, query: str, status: int, code: str
) -> None:
    request = city.http.build_request("GET", f"/v1/{path}?{query}", headers=await city.key(Role.SEAT))
    await refused(city, pool, request, status, code)


@pytest.mark.parametrize("instant", ["2000-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "2026-11-22T09:00:00%2B08:00"])
async def test_an_instant_of_this_century_is_taken(city: City, instant: str) -> None:
    answer = await city.http.get(f"/v1/complaints?due_before={instant}", headers=await city.key(Role.SEAT))
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("method", "url", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/v1/complaints/", 404, "not_found"),
        ("GET", "//", 404, "not_found"),
        ("DELETE", "/v1/complaints", 405, "method_not_allowed"),
        ("PUT", "/v1/complaints/20261122-00000017", 405, "method_not_allowed"),
        ("GET", "/v1/complaints/20261122-00000017/sign-in", 405, "method_not_allowed"),
        ("POST", "/v1/complaints/20261122-00000017/sing-in", 404, "not_found"),
        ("OPTIONS", "/v1/complaints", 405, "method_not_allowed"),
    ],
)
async def test_an_address_or_method_that_is_none_is_refused(
    city: City, pool: Pool, method: str, url: str, status: int, code: str
) -> None:
    request = city.http.build_request(method, url, headers=await city.key(Role.SEAT))
    await refused(city, pool, request, status, code)
