"""Whatever fits the API's own description, and whatever just does not, is answered as described: no 5xx, no status,
content type, header or body that the description does not know.

`HOTLINE_SCHEMATHESIS_EXAMPLES` is the number of cases for each operation; half of them fit the description, half break
it somewhere. The long form, more than 20,000 cases in about twelve minutes:

    HOTLINE_SCHEMATHESIS_EXAMPLES=800 .venv/bin/python -m pytest tests/api/test_schemathesis.py -s
"""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from schemathesis import checks as general
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as described

from api.app import create_app
from domain.actor import Role
from store.connection import Pool
from tests.city import DISTRICT, STREET, City

EXAMPLES = int(os.environ.get("HOTLINE_SCHEMATHESIS_EXAMPLES", "80"))
GENERAL, DESCRIBED = cast(Any, general), cast(Any, described)
CHECKS: list[Any] = [
    GENERAL.not_a_server_error,
    DESCRIBED.status_code_conformance,
    DESCRIBED.content_type_conformance,
    DESCRIBED.response_headers_conformance,
    DESCRIBED.response_schema_conformance,
]
SCHEMA: Any = schemathesis.openapi.from_dict(create_app(None).openapi())  # type: ignore[arg-type]
OPERATIONS: list[Any] = [found.ok() for found in SCHEMA.get_all_operations()]
ACTORS = [
    (Role.SEAT, ""),
    (Role.UNIT, STREET),
    (Role.UNIT, DISTRICT),
    (Role.FRONTEND, ""),
    (Role.BUREAU, ""),
    (Role.MUNICIPALITY, ""),
    (Role.ADMIN, ""),
]


def broken(case: Any) -> bool:
    """Whether the body breaks the description. Path and key are replaced, and a broken query may be lost on its way:
    `?item=[]` is sent as nothing."""
    body = case.meta.components.get(ParameterLocation.BODY)
    return body is not None and body.mode is GenerationMode.NEGATIVE


@dataclass
class Fuzzing:
    """One operation asked many times, by many actors, about real and unreal tickets."""

    url: str
    keys: list[tuple[dict[str, str], Role]]
    phone: str
    tickets: list[str]
    session: requests.Session
    statuses: Counter[int] = field(default_factory=Counter[int])

    def run(self, operation: Any, examples: int) -> None:
        """Every case is sent and its answer compared with the description."""
        roles = operation.definition.raw["description"].rpartition("granted to: ")[2].rstrip(".").split(", ")
        granted = [key for key, role in self.keys if role in roles]
        keys = st.one_of(st.sampled_from(granted or [{}]), st.sampled_from([key for key, _ in self.keys]))
        if "own" in operation.definition.raw["tags"]:
            keys = self._proofs()
        breakable = operation.body or any(operation.iter_parameters())
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE) if breakable else (GenerationMode.POSITIVE,):
            self._run(operation.as_strategy(generation_mode=mode), keys, examples // 2)

    def _proofs(self) -> Any:
        """What a complainant sends: mostly the right phone, from anywhere, or nobody would ever get through."""
        phones = [self.phone] * 9 + ["13900000000", ""]

        def sent(phone: str, source: object) -> dict[str, str]:
            return {"Complainant-Phone": phone, "X-Forwarded-For": str(source)}

        return cast(Any, st.builds(sent, st.sampled_from(phones), st.ip_addresses()))

    def _run(self, cases: Any, keys: Any, examples: int) -> None:
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            verbosity=Verbosity.quiet,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        )
        @given(case=cases, key=keys, ticket=st.sampled_from([*self.tickets, None]))
        def answered_as_described(case: Any, key: dict[str, str], ticket: str | None) -> None:
            if ticket is not None and "ticket_no" in (case.path_parameters or {}):
                case.path_parameters["ticket_no"] = ticket
            answer = case.call(base_url=self.url, session=self.session, headers=key)
            self.statuses[answer.status_code] += 1
            case.validate_response(answer, checks=CHECKS)
            assert not (broken(case) and answer.status_code < 400), "what breaks the description is refused"

        answered_as_described()


@pytest.fixture(scope="module", autouse=True)
async def emergencies(pool: Pool) -> AsyncGenerator[None, None]:
    """What the cases switch on is switched off, or other tests would feel it."""
    yield
    await pool.execute("UPDATE emergencies SET ended_at = now() WHERE ended_at IS NULL")


@pytest.fixture(scope="module")
async def fuzzing(city: City, api_url: str) -> AsyncGenerator[Fuzzing, None]:
    """Actors of every role, and tickets in the stages that most actions are for."""
    phone = "13600007890"
    handling, callback, closed, objection = [await city.take_in(complainant={"phone": phone}) for _ in range(4)]
    for ticket_no in (handling, callback):
        await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    await city.done(handling, "co-handling", Role.UNIT, STREET, units=[DISTRICT])
    await city.done(callback, "report-done", Role.UNIT, STREET, done_as="resolved", note="已清扫")
    await city.done(closed, "withdrawal", Role.SEAT)
    await city.done(objection, "objection", Role.UNIT, STREET, ground="not_my_duty", note="不属于我单位职责")
    keys = [(await city.key(role, unit), role) for role, unit in ACTORS]
    with requests.Session() as session:
        yield Fuzzing(api_url, keys, phone, [handling, callback, closed, objection], session)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
async def test_every_answer_is_as_described(fuzzing: Fuzzing, city: City, operation: Any) -> None:
    before = fuzzing.statuses.total()
    await asyncio.to_thread(fuzzing.run, operation, EXAMPLES)
    assert fuzzing.statuses.total() - before >= 10


def test_cases_were_many_and_of_every_kind(fuzzing: Fuzzing) -> None:
    print(f"\nschemathesis: {fuzzing.statuses.total()} cases, {dict(sorted(fuzzing.statuses.items()))}")
    assert set(fuzzing.statuses) >= {200, 201, 403, 404, 409, 422}
