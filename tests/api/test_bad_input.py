"""Whatever is wrong with a request is refused with a code and a way out; nothing breaks and nothing changes."""

import json

import httpx
import pytest

from api.meanings import MEANINGS
from domain.actor import Role
from store.connection import Pool
from tests.api.kept import kept
from tests.api.refused import refused
from tests.city import STREET, City, Json

GOOD: Json = {"matter": "楼道没人打扫"}
LONE = "\\ud800"
"""A lone surrogate as JSON spells it."""


@pytest.fixture(scope="module")
async def ticket_no(city: City) -> str:
    """A complaint before STREET, signed in."""
    ticket_no = await city.take_in()
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    return ticket_no


async def intake(city: City, content: bytes, content_type: str | None = "application/json") -> httpx.Request:
    """An intake of raw bytes."""
    headers = await city.key(Role.SEAT) | ({"Content-Type": content_type} if content_type else {})
    return city.http.build_request("POST", "/v1/complaints", content=content, headers=headers)


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b'{"matter": "x",}',
        b"matter=x",
        b'{"matter": "\xff\xfe"}',
        b"[" * 100_000,
        b'{"matter": ' + b"9" * 5000 + b"}",
        b'{"matter": "a\x00b"}',
        b"\x00",
        '{"matter": "未完'.encode(),
    ],
    ids=["cut", "comma", "form", "no utf-8", "deep", "long number", "raw nul", "nul", "cut text"],
)
async def test_what_is_not_json_is_malformed(city: City, pool: Pool, content: bytes) -> None:
    await refused(city, pool, await intake(city, content), 400, "malformed_body")


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data", None])
async def test_json_under_another_name_is_refused(city: City, pool: Pool, content_type: str | None) -> None:
    request = await intake(city, json.dumps(GOOD).encode(), content_type)
    await refused(city, pool, request, 422, "invalid_request")


@pytest.mark.parametrize(
    ("content", "where", "why"),
    [
        ("{}", "body.matter", "missing"),
        ("null", "body", "model_attributes_type"),
        ("[]", "body", "model_attributes_type"),
        ('"x"', "body", "model_attributes_type"),
        ('{"matter": 5}', "body.matter", "string_type"),
        ('{"matter": null}', "body.matter", "string_type"),
        ('{"matter": ""}', "body.matter", "string_too_short"),
        ('{"matter": "a\\u0000b"}', "body.matter", "control_character"),
        ('{"matter": "a\\u001bb"}', "body.matter", "control_character"),
        ('{"matter": "a\\u0085b"}', "body.matter", "control_character"),
        (f'{{"matter": "a{LONE}b"}}', "body.matter", "string_unicode"),
        ('{"matter": "x", "community": "a\\u0007"}', "body.community", "control_character"),
        ('{"matter": "x", "point": "a\\u0000"}', "body.point", "control_character"),
        ('{"matter": "x", "complainant": {"name": "a\\u0000"}}', "body.complainant.name", "control_character"),
        (
            '{"matter": "x", "complainant": {"phone": "not a phone"}}',
            "body.complainant.phone",
            "string_pattern_mismatch",
        ),
        (
            '{"matter": "x", "complainant": {"phone": "1380000\\n0000"}}',
            "body.complainant.phone",
            "string_pattern_mismatch",
        ),
        ('{"matter": "x", "complainant": {"kind": "alien"}}', "body.complainant.kind", "literal_error"),
        ('{"matter": "x", "complainant": null}', "body.complainant", "model_attributes_type"),
        ('{"matter": "x", "kind": "gossip"}', "body.kind", "enum"),
        ('{"matter": "x", "channel": "Pigeon!"}', "body.channel", "string_pattern_mismatch"),
        ('{"matter": "x", "urgent": "true"}', "body.urgent", "bool_type"),
        ('{"matter": "x", "urgent": 1}', "body.urgent", "bool_type"),
        ('{"matter": "x", "urgent": NaN}', "body.urgent", "bool_type"),
        ('{"matter": "x", "item": "12345"}', "body.item", "string_pattern_mismatch"),
        ('{"matter": "x", "street": "110105012\\n"}', "body.street", "string_pattern_mismatch"),
        ('{"matter": "x", "repeat_of": "20261122-1"}', "body.repeat_of", "string_pattern_mismatch"),
        (
            '{"matter": "x", "attachments": [{"form": "film", "reference": "a", "size_bytes": 1}]}',
            "body.attachments.0.form",
            "literal_error",
        ),
        (
            '{"matter": "x", "attachments": [{"form": "voice", "reference": "a b", "size_bytes": 1}]}',
            "body.attachments.0.reference",
            "string_pattern_mismatch",
        ),
        ('{"matter": "x", "colour": "red"}', "body.colour", "extra_forbidden"),
        (f'{{"matter": "x", "{LONE}": 1}}', "body", "string_unicode"),
        ('{"matter": "x", "王女士 13800000000": 1}', "body.(unknown field)", "extra_forbidden"),
        ('{"matter": "x", "complainant": {"id": 1}}', "body.complainant.id", "extra_forbidden"),
    ],
)
async def test_what_does_not_fit_is_named_by_place_and_reason(
    city: City, pool: Pool, content: str, where: str, why: str
) -> None:
    problem = await refused(city, pool, await intake(city, content.encode()), 422, "invalid_request")
    assert [(error["where"], error["why"]) for error in problem["errors"]] == [(where, why)]
    assert problem["errors"][0]["expected"]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"matter": "长" * 10_001}, "body.matter"),
        ({"community": "长" * 101}, "body.community"),
        ({"point": "长" * 201}, "body.point"),
        ({"complainant": {"name": "长" * 201}}, "body.complainant.name"),
        ({"attachments": [{"form": "voice", "reference": "a" * 301, "size_bytes": 1}]}, "body.attachments.0.reference"),
    ],
)
async def test_a_text_that_is_too_long_is_refused(city: City, pool: Pool, body: Json, where: str) -> None:
    request = await intake(city, json.dumps(GOOD | body).encode())
    problem = await refused(city, pool, request, 422, "invalid_request")
    assert [(error["where"], error["why"]) for error in problem["errors"]] == [(where, "string_too_long")]


async def test_too_many_attachments_are_refused(city: City, pool: Pool) -> None:
    attachments = [{"form": "picture", "reference": f"p/{n}", "size_bytes": 1} for n in range(21)]
    request = await intake(city, json.dumps(GOOD | {"attachments": attachments}).encode())
    problem = await refused(city, pool, request, 422, "invalid_request")
    assert problem["errors"][0]["why"] == "too_long"


async def test_a_thousand_faults_are_answered_with_a_few(city: City, pool: Pool) -> None:
    request = await intake(city, json.dumps(GOOD | {f"field{n}": n for n in range(1000)}).encode())
    assert len((await refused(city, pool, request, 422, "invalid_request"))["errors"]) == 20


@pytest.mark.parametrize("key", ["", "a b", "k" * 129, "schlüssel"])
async def test_an_idempotency_key_that_is_none_is_refused(city: City, pool: Pool, key: str) -> None:
    request = await intake(city, json.dumps(GOOD).encode())
    request.headers.encoding = "utf-8"
    request.headers["Idempotency-Key"] = key
    problem = await refused(city, pool, request, 422, "invalid_request")
    assert problem["errors"][0]["where"] == "header.Idempotency-Key"


@pytest.mark.parametrize(
    ("action", "role", "content", "code"),
    [
        ("sign-in", Role.UNIT, "{", "malformed_body"),
        ("sign-in", Role.UNIT, '{"note": 5}', "invalid_request"),
        ("sign-in", Role.UNIT, '{"unit": "D-ZJW"}', "invalid_request"),
        ("sign-in", Role.UNIT, f'{{"note": "{LONE}"}}', "invalid_request"),
        ("contact", Role.UNIT, "{}", "invalid_request"),
        ("progress", Role.UNIT, "{}", "invalid_request"),
        ("progress", Role.UNIT, '{"note": ""}', "invalid_request"),
        ("objection", Role.UNIT, '{"ground": "too_lazy", "note": "x"}', "invalid_request"),
        ("extension-request", Role.UNIT, '{"ground": "complex", "note": "x", "days": 101}', "invalid_request"),
        ("extension-request", Role.UNIT, '{"ground": "complex", "note": "x", "days": -1}', "invalid_request"),
        ("extension-request", Role.UNIT, '{"ground": "complex", "note": "x", "days": 1e300}', "invalid_request"),
        ("extension-request", Role.UNIT, '{"ground": "complex", "note": "x", "days": NaN}', "invalid_request"),
        ("extension-request", Role.UNIT, '{"ground": "complex", "note": "x", "days": 0.5}', "invalid_request"),
        ("extension-request", Role.UNIT, '{"ground": "complex", "note": "x", "days": "5"}', "invalid_request"),
        (
            "extension-request",
            Role.UNIT,
            '{"ground": "complex", "note": "x", "hours": 99999999999999999999}',
            "invalid_request",
        ),
        ("extension-request", Role.UNIT, '{"ground": "complex", "note": "x"}', "extension_too_long"),
        ("extension-request", Role.UNIT, '{"ground": "complex", "note": "x", "hours": 5}', "extension_too_long"),
        ("co-handling", Role.UNIT, '{"units": []}', "invalid_request"),
        ("co-handling", Role.UNIT, '{"units": "D-ZJW"}', "invalid_request"),
        ("co-handling", Role.UNIT, '{"units": ["d-zjw"]}', "invalid_request"),
        ("co-handling", Role.UNIT, '{"units": ["D-NIX"]}', "unknown_unit"),
        ("co-handling", Role.UNIT, '{"units": ["M-GOV"]}', "unit_cannot_lead"),
        ("escalation", Role.UNIT, '{"level": "moon", "note": "x"}', "invalid_request"),
        ("report-done", Role.UNIT, '{"done_as": "forgotten", "note": "x"}', "invalid_request"),
        ("report-in", Role.UNIT, "{}", "not_co_handler"),
        ("co-handling-report", Role.UNIT, '{"finished": true, "note": "x"}', "not_co_handler"),
        ("opinion", Role.UNIT, '{"opinion": "press", "note": "x"}', "no_opinion_asked"),
        ("sign-in", Role.UNIT, "{}", "already_signed_in"),
        ("classification", Role.SEAT, '{"item": "010105"}', "wrong_stage"),
        ("callback", Role.SEAT, '{"reached": false}', "callback_not_due"),
        ("report-done", Role.UNIT, '{"done_as": "explained", "note": "x"}', "evidence_missing"),
        ("report-done", Role.UNIT, '{"done_as": "explained", "note": "x", "evidence": [{}]}', "invalid_request"),
        ("termination-request", Role.UNIT, '{"ground": "bored", "note": "x"}', "invalid_request"),
        ("approval", Role.SEAT, '{"approved": true, "note": "x"}', "no_approval_asked"),
        ("consultation", Role.SEAT, '{"units": ["D-ZJW", "D-CGW"], "note": "x"}', "wrong_stage"),
        ("consultation", Role.SEAT, '{"units": ["D-ZJW"], "note": "x"}', "invalid_request"),
        ("consultation-statement", Role.UNIT, '{"takes": "all", "note": "x"}', "invalid_request"),
        ("consultation-decision", Role.BUREAU, '{"unit": "D-NIX", "note": "x"}', "unknown_unit"),
        ("settlement", Role.UNIT, '{"settled": true, "note": "x"}', "wrong_stage"),
        ("separation", Role.SEAT, '{"note": "x"}', "wrong_stage"),
        ("escalation", Role.UNIT, '{"level": "department", "note": "x"}', "escalation_unit_unfit"),
        ("escalation", Role.UNIT, '{"level": "department", "unit": "110105", "note": "x"}', "not_a_department"),
        ("supervision", Role.UNIT, '{"note": "x"}', "not_supervisor"),
        ("risk-report", Role.SEAT, '{"risk": "rain", "note": "x"}', "invalid_request"),
        ("dissuasion", Role.SEAT, '{"measure": "blocked", "note": "x"}', "invalid_request"),
        ("evaluation", Role.SEAT, '{"contacted": true, "resolved": "yes", "satisfied": "happy"}', "invalid_request"),
        ("extension-decision", Role.SEAT, '{"granted": true}', "no_extension_asked"),
        ("objection-decision", Role.BUREAU, '{"upheld": true, "unit": "D-NIX", "note": "x"}', "unknown_unit"),
        ("objection-decision", Role.BUREAU, '{"upheld": false, "note": "x"}', "wrong_stage"),
    ],
)
async def test_an_action_that_cannot_be_is_refused(
    city: City, pool: Pool, ticket_no: str, action: str, role: Role, content: str, code: str
) -> None:
    headers = await city.key(role, STREET if role is Role.UNIT else "") | {"Content-Type": "application/json"}
    before, rows = await kept(pool), await city.rows(ticket_no)
    answer = await city.http.post(f"/v1/complaints/{ticket_no}/{action}", content=content.encode(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (MEANINGS[code].status, code), answer.text
    assert await city.rows(ticket_no) == rows
    after = await kept(pool)
    given = {table: after[table] - before[table] for table in after if after[table] != before[table]}
    assert given in ({}, {"inbox": 1, "settled": 1}), "a rule's refusal is kept as a settled command; nothing else is"
