"""Marked names, phones, addresses and words are planted; nothing but the sealed columns may keep them, in no form."""

import base64
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from hashlib import md5, sha1, sha256
from typing import Any
from urllib.parse import quote

import pytest
from structlog.testing import capture_logs

from api.bodies import IntakeBody
from domain.actor import Role
from store import complaints
from store.connection import Pool
from tests.api.door import door
from tests.city import DISTRICT, STREET, City, Json, a_matter, fresh_name

NAME, PHONE, POINT = "欧阳墨竹轩", "13971946825", "琉璃井巷甲47号楼后院"
MATTER, NOTE, SUPPLEMENT = "貔貅摆件堵着楼道没人打扫", "已与麒麟阁物业约好", "獬豸像也挡路"
COMMUNITY, REFERENCE = "狻猊里社区", "rec/2026/13971946826.ogg"
MARKS = (NAME, PHONE, POINT, COMMUNITY, REFERENCE, "貔貅摆件", "麒麟阁", "獬豸像")
SAID: Json = {
    "matter": f"{NAME}说：{MATTER}，电话{PHONE}，在{POINT}",
    "point": POINT,
    "community": COMMUNITY,
    "attachments": [{"form": "voice", "reference": REFERENCE, "size_bytes": 183_500}],
    "complainant": {"name": NAME, "phone": PHONE},
}
DEPARTMENT = "D-ZJW"


def said() -> Json:
    """The same person with words of their own each time: who says the same is joined to the first (R13)."""
    return SAID | {"matter": f"{SAID['matter']}。{' '.join(a_matter() for _ in range(8))}"}


def traces(text: str) -> list[str]:
    """The marks in a text, plain or in any dress that a machine may have put on them."""
    return [mark for mark in MARKS if any(dressed in text for dressed in _dresses(mark))]


def _dresses(mark: str) -> Iterator[str]:
    plain = mark.encode()
    yield mark
    yield json.dumps(mark)[1:-1]
    yield plain.hex()
    yield repr(plain)[2:-1]
    yield quote(mark)
    for start in range(3):  # base64 begins anew every three bytes
        yield base64.b64encode(plain[start : len(plain) - (len(plain) - start) % 3]).decode()


async def planted(city: City) -> str:
    """A complaint with marks, handled to its end with marked words at every step."""
    ticket_no = await city.take_in(**said())
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET, note=NOTE)
    await city.done(ticket_no, "contact", Role.UNIT, STREET, reached=True, note=f"{NAME} {PHONE}")
    await city.done(ticket_no, "supplement", Role.SEAT, note=SUPPLEMENT)
    await city.refused(ticket_no, "callback", Role.SEAT, reached=False, note=f"{POINT} {NOTE}")
    await city.done(ticket_no, "report-done", Role.UNIT, STREET, done_as="resolved", note=NOTE)
    answers = {"reached": True, "contacted": True, "resolved": "yes", "satisfied": "satisfied"}
    await city.done(ticket_no, "callback", Role.SEAT, note=f"{NAME} {NOTE}", **answers)
    await city.handle(ticket_no).result()
    return ticket_no


@pytest.fixture(scope="module")
async def ticket_no(city: City) -> str:
    """A closed complaint full of marks."""
    return await planted(city)


def test_the_search_finds_a_mark_in_every_dress() -> None:
    for dress in (
        PHONE,
        json.dumps(NAME),
        NAME.encode().hex(),
        base64.b64encode(f"x{POINT}".encode()).decode(),
        repr(NAME.encode()),
    ):
        assert traces(f"…{dress}…"), dress


async def test_r05_no_table_keeps_a_mark_that_is_not_sealed(city: City, pool: Pool, ticket_no: str) -> None:
    tables = [
        row["tablename"] for row in await pool.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    ]
    assert {"inbox", "journal", "outbox", "complaints", "complainants", "proposals", "tickets"} <= set(tables)
    rows = 0
    for table in tables:
        for row in await pool.fetch(f'SELECT t::text AS row FROM "{table}" t'):
            rows += 1
            assert traces(row["row"]) == [], table
    assert rows > 30


async def test_r05_neither_body_nor_key_of_a_request_is_confirmed_by_a_guess(city: City, pool: Pool) -> None:
    key = f"{PHONE}-{fresh_name('key')}"
    headers = await city.key(Role.SEAT) | {"Idempotency-Key": key}
    body = said()
    ticket_no = (await city.http.post("/v1/complaints", json=body, headers=headers)).json()["ticket_no"]
    note: Json = {"note": SUPPLEMENT}
    await city.http.post(f"/v1/complaints/{ticket_no}/supplement", json=note, headers=headers)
    told = [IntakeBody(**body).model_dump_json(), key, json.dumps(["supplement", note], sort_keys=True)]
    guesses = [hashed(each.encode()).hexdigest() for each in told for hashed in (sha1, sha256, md5)]
    rows = await pool.fetch(
        """SELECT k::text AS row FROM intake_keys k WHERE ticket_no = $1
           UNION ALL SELECT i::text FROM inbox i WHERE ticket_no = $1""",
        ticket_no,
    )
    assert len(rows) == 3
    for row in rows:
        assert [guess for guess in (*guesses, key) if guess in row["row"]] == []


async def test_r05_the_sealed_columns_hold_more_than_nothing(pool: Pool, ticket_no: str) -> None:
    record = await pool.fetchrow(
        """SELECT matter_sealed, point_sealed, community_sealed, p.name_sealed, phone_sealed, words_sealed
           FROM complaints JOIN complainants p USING (complainant_id) JOIN inbox USING (ticket_no)
           WHERE ticket_no = $1 AND action = 'report-done'""",
        ticket_no,
    )
    assert record is not None
    for column, plain in zip(record.keys(), (SAID["matter"], POINT, COMMUNITY, NAME, PHONE, NOTE), strict=True):
        assert len(record[column]) >= 12 + len(plain.encode()) + 16, f"{column}: nonce, text, tag"


async def test_r05_the_same_words_are_sealed_differently_every_time(city: City, pool: Pool) -> None:
    tickets = [await city.keep(**said()), await city.keep(**said())]
    sealed = await pool.fetch("SELECT matter_sealed FROM complaints WHERE ticket_no = ANY($1)", tickets)
    assert len({row["matter_sealed"] for row in sealed}) == 2


async def test_r05_the_engines_history_and_attributes_hold_no_mark(city: City, ticket_no: str) -> None:
    handle = city.handle(ticket_no)
    history = await handle.fetch_history()
    described = (await handle.describe()).raw_description
    raw = b"".join(event.SerializeToString() for event in history.events) + described.SerializeToString()
    assert ticket_no.encode() in raw
    assert [mark for mark in MARKS if mark.encode() in raw] == []
    assert traces(raw.decode("latin-1")) == []
    assert traces(str(history.events) + str(described)) == []


async def test_r05_no_log_line_holds_a_mark(
    city: City, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    with capture_logs() as lines:
        async with door(city.rooms) as http:
            watched = replace(city, http=http)
            await planted(watched)
            await _ask_badly(watched)
            await _lose_the_database(watched, monkeypatch)
    written = capfd.readouterr()
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    logged = "\n".join(record.getMessage() + str(record.exc_info or "") for record in ours)
    assert [line["event"] for line in lines] == ["database away"]
    assert {record.name.partition(".")[0] for record in ours} >= {"temporalio", "uvicorn"}
    assert traces(logged + str(lines) + written.out + written.err) == []


async def _lose_the_database(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    async def lost(*_: object) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as patched:
        patched.setattr(complaints, "take", lost)
        headers = await city.key(Role.SEAT)
        answer = await city.http.post("/v1/complaints", json=said(), headers=headers)
        assert answer.status_code == 503
        assert traces(answer.text) == []


BAD: list[Json] = [
    SAID | {"matter": f"{NAME}\x00"},
    SAID | {"matter": SAID["matter"] * 500},
    SAID | {"complainant": {"name": NAME, "phone": f"{PHONE}转{NAME}"}},
    SAID | {"complainant": {"name": [NAME], "phone": PHONE}},
    SAID | {"channel": NAME},
    SAID | {"kind": PHONE},
    SAID | {"item": PHONE},
    SAID | {"street": POINT},
    SAID | {"repeat_of": PHONE},
    SAID | {NAME: PHONE},
    SAID | {"complainant": {POINT: NAME}},
    SAID | {"attachments": [{"form": NAME, "reference": POINT}]},
]


async def _ask_badly(city: City) -> list[str]:
    headers = await city.key(Role.SEAT)
    answers = [await city.http.post("/v1/complaints", json=body, headers=headers) for body in BAD]
    answers.append(await city.http.post("/v1/complaints", content=f'{{"matter": "{NAME}'.encode(), headers=headers))
    answers.append(await city.http.get(f"/v1/complaints/{PHONE}", headers=headers))
    answers.append(await city.http.get(f"/v1/{POINT}", headers=headers))
    answers.append(await city.http.get("/v1/complaints", params={"cursor": NAME, "unit": PHONE}, headers=headers))
    answers.append(await city.http.get("/v1/complaints", headers={"Authorization": f"Bearer {PHONE}"}))
    assert all(400 <= answer.status_code < 500 for answer in answers)
    return [answer.text + str(answer.headers) for answer in answers]


async def test_r05_no_problem_repeats_what_was_sent(city: City) -> None:
    for told in await _ask_badly(city):
        assert traces(told) == [], told


async def test_r05_neither_address_of_a_command_nor_notices_hold_a_mark(city: City, ticket_no: str) -> None:
    seat, unit = await city.key(Role.SEAT), await city.key(Role.UNIT, STREET)
    for url, headers in (
        (f"/v1/complaints/{ticket_no}/commands/intake", seat),
        ("/v1/notices?limit=500", unit),
        ("/v1/notices?limit=500", seat),
        ("/v1/complaints?limit=200", seat),
        ("/health/ready", {}),
    ):
        answer = await city.http.get(url, headers=headers)
        assert answer.status_code == 200
        assert traces(answer.text) == [], url


async def contact(city: City, ticket_no: str, role: Role, unit: str = "") -> Any:
    """Name and phone as `role` is shown them."""
    answer = await city.http.get(f"/v1/complaints/{ticket_no}", headers=await city.key(role, unit))
    assert answer.status_code == 200, answer.text
    return answer.json()["contact"]


SHOWN = {"name": NAME, "phone": PHONE}


async def test_r05_only_seat_frontend_and_the_unit_that_handles_see_the_contact(city: City) -> None:
    ticket_no = await city.take_in(**said())
    for role, unit, shown in (
        (Role.SEAT, "", SHOWN),
        (Role.FRONTEND, "", SHOWN),
        (Role.UNIT, STREET, SHOWN),
        (Role.UNIT, DISTRICT, None),
        (Role.BUREAU, "", None),
        (Role.MUNICIPALITY, "", None),
        (Role.ADMIN, "", None),
    ):
        assert await contact(city, ticket_no, role, unit) == shown, (role, unit)


async def test_r05_a_unit_sees_the_contact_until_it_reports_done(city: City, ticket_no: str) -> None:
    assert await contact(city, ticket_no, Role.UNIT, STREET) is None
    assert await contact(city, ticket_no, Role.SEAT) == SHOWN


async def test_r05_a_co_handler_sees_the_contact_while_it_co_handles(city: City) -> None:
    ticket_no = await city.take_in(**said())
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    await city.done(ticket_no, "co-handling", Role.UNIT, STREET, units=[DEPARTMENT])
    assert await contact(city, ticket_no, Role.UNIT, DEPARTMENT) == SHOWN
    await city.done(ticket_no, "co-handling-report", Role.UNIT, DEPARTMENT, finished=True, note="协办完成")
    assert await contact(city, ticket_no, Role.UNIT, DEPARTMENT) is None


async def test_r05_an_objecting_unit_does_not_see_the_contact_while_the_bureau_decides(city: City) -> None:
    ticket_no = await city.take_in(**said())
    await city.done(ticket_no, "objection", Role.UNIT, STREET, ground="not_my_area", note="不在辖区")
    assert await contact(city, ticket_no, Role.UNIT, STREET) is None
