"""A walk over every route with every role, for one's own unit's ticket and for another's."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from api.app import create_app
from api.description import guarding, proving
from api.permissions import GRANTED, READ_BY_TEXT, Permission
from domain.actor import Actor, Role
from store import api_keys
from store.connection import Pool
from tests.api.kept import kept
from tests.city import STREET, City

OPEN = {"/openapi.json", "/docs", "/docs/oauth2-redirect", "/health/live", "/health/ready"}
"""All that needs no key. Only ever make this shorter."""
PROVED = {
    "/v1/my/complaints/{ticket_no}": "a complainant has no key: ticket number and phone are the proof (R4)",
    "/v1/my/complaints/{ticket_no}/commands/{command_id}": "what became of the complainant's own action",
    "/v1/my/complaints/{ticket_no}/supplement": "the complainant adds something (R4)",
    "/v1/my/complaints/{ticket_no}/withdrawal": "the complainant withdraws (R4)",
    "/v1/my/complaints/{ticket_no}/evaluation": "the complainant evaluates (R4)",
}
"""What a complainant reaches by proof in place of a key, and why. Only ever make this shorter."""
LONG_AGO = "EM-20200101-000000"
FAR = "110108012"
"""A street before which the walked ticket never is."""
NOBODY = "hl_nobody"
NO_BATCH = "00000000-0000-4000-8000-000000000000"
BATCH = {"action": "supervision", "body": {"note": "请加快办理"}}
BODIES: dict[str, dict[str, Any]] = {
    "classification": {"item": "010105"},
    "contact": {"reached": True},
    "progress": {"note": "正在处理"},
    "objection": {"ground": "not_my_duty", "note": "不属于我单位职责"},
    "objection-decision": {"upheld": False, "note": "仍由原单位办理"},
    "extension-request": {"ground": "complex", "days": 1, "note": "需多部门会签"},
    "extension-decision": {"granted": False},
    "co-handling": {"units": [FAR]},
    "co-handling-report": {"finished": True, "note": "协办完成"},
    "whistle": {"units": [FAR]},
    "escalation": {"level": "district", "note": "请区政府协调"},
    "opinion": {"opinion": "press", "note": "抓紧办理"},
    "report-done": {"done_as": "resolved", "note": "已清扫"},
    "callback": {"reached": False},
    "evaluation": {"contacted": True, "resolved": "yes", "satisfied": "satisfied"},
    "supervision": {"note": "请加快办理"},
    "supplement": {"note": "补充情况"},
    "emergencies": {"district": "BDA", "items": ["28"]},
    "consultation": {"units": [STREET, FAR], "note": "请两家会商"},
    "consultation-statement": {"takes": "nothing", "note": "不在辖区"},
    "consultation-decision": {"unit": STREET, "note": "会商一致"},
    "settlement": {"settled": False, "note": "未能和解"},
    "separation": {"note": "不是同一事项"},
    "termination-request": {"ground": "matter_gone", "note": "设施已拆除"},
    "approval": {"approved": False, "note": "证据不足"},
    "risk-report": {"risk": "stability", "note": "多人聚集"},
    "dissuasion": {"measure": "dissuaded", "note": "反复辱骂"},
    "missed-calls": {"phone": "13800000000", "called_at": datetime.now(UTC).isoformat()},
    "outcome": {"outcome": "not_reached"},
    "review": {"version": 0, "review_on": "2027-06-30"},
    "{code}": {
        "version": 0,
        "item": "210106",
        "unit": "D-GAJ",
        "questions": ["身份证丢了怎么补办"],
        "answer": "到就近的派出所户籍窗口办理。",
        "review_on": "2027-06-30",
    },
}


def routes() -> Iterator[tuple[str, str, Permission | None]]:
    """Method, path and permission of everything that answers, as the application itself has it."""
    for context in iter_route_contexts(create_app(None).routes):  # type: ignore[arg-type]
        route = context.original_route
        permission = guarding(route) if isinstance(route, APIRoute) else None
        for method in sorted(context.methods or ()):
            yield method, context.path or "", permission


ROUTES = [route for route in routes() if route[1] not in OPEN | PROVED.keys()]


async def ask(city: City, method: str, path: str, ticket_no: str, headers: dict[str, str]) -> httpx.Response:
    """One request that is well formed, so that only the door can refuse it."""
    named = {
        "ticket_no": ticket_no,
        "command_id": "intake",
        "queue": "callback",
        "batch_id": NO_BATCH,
        "code": "K-2102",
        "call": "MC-20261122-000001",
    }
    url = path.format(**named, emergency_id=LONG_AGO)
    action = path.rpartition("/")[2]
    body = {"complaints": {"matter": "路灯不亮"}, "batches": BATCH | {"ticket_nos": [ticket_no]}}.get(action)
    body = body or BODIES.get(action, {})
    return await city.http.request(method, url, json=None if method == "GET" else body, headers=headers)


def code(answer: httpx.Response) -> str:
    """The refusal's code, or nothing."""
    refused = answer.headers["content-type"] == "application/problem+json"
    return answer.json()["code"] if refused else ""


@pytest.fixture(scope="module", autouse=True)
async def emergencies(pool: Pool) -> AsyncIterator[None]:
    """One that ended long ago; and what the walk switches on is switched off, or other tests would feel it."""
    await pool.execute(
        """INSERT INTO emergencies (emergency_id, district, items, tier, begun_at, begun_by, ended_at)
           VALUES ($1, '', '{}', '24h', '2020-01-01', 'test', '2020-01-02')""",
        LONG_AGO,
    )
    yield
    await pool.execute("UPDATE emergencies SET ended_at = now() WHERE ended_at IS NULL")


@pytest.fixture(scope="module")
async def ticket_no(city: City) -> str:
    """A complaint that is before STREET and nobody else's street."""
    return await city.take_in()


def test_every_route_asks_for_a_permission_or_is_open_on_purpose() -> None:
    unguarded = {path for _, path, permission in routes() if permission is None}
    assert unguarded == OPEN | PROVED.keys()


def test_r04_what_has_no_permission_asks_for_a_proof_or_is_open_on_purpose() -> None:
    contexts = iter_route_contexts(create_app(None).routes)  # type: ignore[arg-type]
    routed = [(each.path, each.original_route) for each in contexts]
    proved = {path for path, route in routed if isinstance(route, APIRoute) and proving(route)}
    assert proved == PROVED.keys()


def test_every_permission_is_granted_to_somebody_and_asked_for_somewhere() -> None:
    asked = {permission for _, _, permission in ROUTES}
    inside = {READ_BY_TEXT}  # asked of a list that is narrowed by text
    assert asked | inside == {permission for granted in GRANTED.values() for permission in granted}


def test_the_system_itself_has_no_key() -> None:
    assert GRANTED[Role.SYSTEM] == frozenset()


@pytest.mark.parametrize(("method", "path", "permission"), ROUTES)
async def test_nobody_gets_in_without_a_working_key(
    city: City, pool: Pool, ticket_no: str, method: str, path: str, permission: Permission
) -> None:
    revoked = await api_keys.issue(pool, Actor(Role.SEAT, "revoked-seat"))
    await api_keys.revoke(pool, "revoked-seat")
    before = await kept(pool)
    for headers in (
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer {NOBODY}"},
        {"Authorization": f"Basic {NOBODY}"},
        {"Authorization": f"Bearer {revoked}"},
    ):
        answer = await ask(city, method, path, ticket_no, headers)
        assert (answer.status_code, code(answer)) == (401, "unauthenticated"), headers
        assert answer.headers["www-authenticate"] == "Bearer"
    assert await kept(pool) == before


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.UNIT])
async def test_a_role_gets_in_where_it_is_granted_and_nowhere_else(
    city: City, pool: Pool, ticket_no: str, role: Role
) -> None:
    headers = await city.key(role)
    for method, path, permission in ROUTES:
        if path == "/v1/complaints/{ticket_no}/withdrawal" and permission in GRANTED[role]:
            continue  # would close the ticket that is walked around
        before = await kept(pool)
        answer = await ask(city, method, path, ticket_no, headers)
        if permission in GRANTED[role]:
            assert code(answer) not in {"unauthenticated", "forbidden", "not_your_ticket"}, path
            assert answer.status_code < 500, path
        else:
            assert (answer.status_code, code(answer)) == (403, "forbidden"), path
            assert answer.json()["facts"] == {"permission": permission, "role": role}
            assert await kept(pool) == before


@pytest.mark.parametrize(("method", "path", "permission"), ROUTES)
async def test_a_unit_gets_at_its_own_tickets_and_at_no_others(
    city: City, pool: Pool, ticket_no: str, method: str, path: str, permission: Permission
) -> None:
    far = await city.key(Role.UNIT, FAR)
    await city.key(Role.UNIT, STREET)
    before = await kept(pool)
    answer = await ask(city, method, path, ticket_no, far)
    if permission not in GRANTED[Role.UNIT]:
        assert (answer.status_code, code(answer)) == (403, "forbidden")
    elif "{ticket_no}" in path or (method, path) == ("POST", "/v1/batches"):
        assert (answer.status_code, code(answer)) == (403, "not_your_ticket")
    elif "{code}" in path and method != "GET":
        assert (answer.status_code, code(answer)) == (403, "not_your_answer")
    else:
        assert answer.status_code == (404 if "{batch_id}" in path else 200), "nobody has given a batch"
    assert await kept(pool) == before

    acts = method == "POST" and permission in GRANTED[Role.UNIT]
    fresh = await city.take_in() if acts else ticket_no
    own = await ask(city, method, path, fresh, await city.key(Role.UNIT, STREET))
    if permission in GRANTED[Role.UNIT]:
        assert code(own) not in {"unauthenticated", "forbidden", "not_your_ticket"}
        assert own.status_code < 500
    else:
        assert (own.status_code, code(own)) == (403, "forbidden")


async def test_a_revoked_key_stops_working_at_once(city: City, pool: Pool) -> None:
    key = await api_keys.issue(pool, Actor(Role.SEAT, "leaving-seat"))
    headers = {"Authorization": f"Bearer {key}"}
    assert (await city.http.get("/v1/units", headers=headers)).status_code == 200
    await api_keys.revoke(pool, "leaving-seat")
    assert (await city.http.get("/v1/units", headers=headers)).status_code == 401


async def test_a_new_key_of_the_same_name_ends_the_old_one(city: City, pool: Pool) -> None:
    old = await api_keys.issue(pool, Actor(Role.SEAT, "moving-seat"))
    new = await api_keys.issue(pool, Actor(Role.SEAT, "moving-seat"))
    statuses = [
        (await city.http.get("/v1/units", headers={"Authorization": f"Bearer {key}"})).status_code for key in (old, new)
    ]
    assert statuses == [401, 200]


async def test_keys_are_kept_as_hashes(city: City, pool: Pool) -> None:
    key = await api_keys.issue(pool, Actor(Role.SEAT, "hashed-seat"))
    row = await pool.fetchrow("SELECT * FROM api_keys WHERE name = 'hashed-seat'")
    assert key not in str(dict(row or {}))
    assert row is not None
    assert row["key_hash"] == api_keys.digest(key)
