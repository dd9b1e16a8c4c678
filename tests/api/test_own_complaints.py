"""R4: a complainant follows, supplements, withdraws and evaluates with ticket number and phone, and no key."""

from datetime import datetime, timedelta

import pytest

from api import desk
from domain.actor import Actor, Role
from domain.lifecycle import Action
from domain.progress import STAGES
from store.connection import Pool
from tests.api.kept import kept
from tests.api.own import own
from tests.city import STREET, City, Json, fresh_name

PHONE = "13811112222"
SAID: Json = {"complainant": {"name": "李素芬", "phone": PHONE}}
INTERNAL = "内部备注：物业经理不配合"
RESULT = "楼道已清扫，今后每日保洁"
SATISFIED: Json = {"contacted": True, "resolved": "yes", "satisfied": "satisfied"}


async def shown(city: City, ticket_no: str, phone: str = PHONE) -> Json:
    """The complaint as its complainant sees it."""
    answer = await own(city, ticket_no, phone)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
async def reported(city: City) -> str:
    """A complaint that was reported done, with internal notes on its way."""
    ticket_no = await city.take_in(**SAID)
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET, note=INTERNAL)
    await city.done(ticket_no, "progress", Role.UNIT, STREET, note=INTERNAL)
    await city.done(ticket_no, "supervision", Role.SEAT, note=INTERNAL)
    await city.done(ticket_no, "contact", Role.UNIT, STREET, reached=True, note=INTERNAL)
    await city.done(ticket_no, "report-done", Role.UNIT, STREET, done_as="resolved", note=RESULT)
    return ticket_no


async def test_r04_a_fresh_complaint_shows_stage_unit_and_deadlines_in_chinese(city: City) -> None:
    ticket_no = await city.take_in(**SAID)
    seen = await shown(city, ticket_no)
    ticket = await city.ticket(ticket_no)
    assert (seen["stage"], seen["stage_told"]) == ("handling", "正在办理")
    assert (seen["lead_name"], seen["item_name"]) == (ticket["lead_name"], ticket["item_name"])
    assert datetime.fromisoformat(seen["due"]) == datetime.fromisoformat(ticket["due"])
    assert datetime.fromisoformat(seen["contact_due"]) < datetime.fromisoformat(seen["due"])
    assert seen["open_to"] == ["supplement", "withdrawal"]


async def test_r04_a_complaint_that_nobody_took_up_yet_can_be_followed_already(city: City) -> None:
    seen = await shown(city, await city.keep(**SAID))
    assert (seen["stage_told"], seen["entries"], seen["due"]) == (STAGES["received"], [], None)  # type: ignore[index]


async def test_r24_the_result_is_told_and_internal_notes_are_not(city: City, reported: str) -> None:
    answer = await own(city, reported, PHONE)
    assert [entry["result"] for entry in answer.json()["entries"] if entry["result"]] == [RESULT]
    assert INTERNAL not in answer.text
    assert answer.json()["callback_at"] is not None
    assert answer.json()["open_to"] == ["supplement", "withdrawal", "evaluation"]


async def test_r04_neither_matter_nor_name_nor_phone_nor_the_units_standing_is_shown(city: City, reported: str) -> None:
    answer = await own(city, reported, PHONE)
    assert not {"standing", "matter", "contact", "point", "units", "attachments", "policy"} & answer.json().keys()
    assert "李素芬" not in answer.text
    assert PHONE not in answer.text


async def test_r04_the_phone_may_be_written_as_people_write_it(city: City) -> None:
    ticket_no = await city.take_in(complainant={"phone": "138-1111 2222"})
    for written in (PHONE, "138 1111 2222", "138-1111-2222", "+8613811112222", "+86 138 1111 2222"):
        assert (await shown(city, ticket_no, written))["ticket_no"] == ticket_no


async def test_r04_a_supplement_is_kept_told_to_the_unit_and_journalled_as_the_complainants(
    city: City, pool: Pool
) -> None:
    ticket_no = await city.take_in(**SAID)
    answer = await own(city, ticket_no, PHONE, "/supplement", {"note": "四层也没人扫"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["entries"][-1]["told"] == "已记录您补充的情况"
    assert (await city.rows(ticket_no))[-1].actor == Actor(Role.COMPLAINANT, "complainant")
    told = await pool.fetchval("SELECT count(*) FROM outbox WHERE ticket_no = $1 AND kind = 'Supplemented'", ticket_no)
    assert told == 1


async def test_r04_a_withdrawal_closes_the_complaint(city: City) -> None:
    ticket_no = await city.take_in(**SAID)
    answer = await own(city, ticket_no, PHONE, "/withdrawal", {})
    assert (answer.json()["stage"], answer.json()["outcome_told"]) == ("closed", "您已撤回")
    again = await own(city, ticket_no, PHONE, "/withdrawal", {})
    assert (again.status_code, again.json()["code"]) == (409, "closed")


async def test_r04_an_evaluation_counts_like_a_callback(city: City, reported: str) -> None:
    answer = await own(city, reported, PHONE, "/evaluation", SATISFIED)
    assert (answer.json()["stage"], answer.json()["outcome"]) == ("closed", "resolved")
    called = next(row for row in await city.rows(reported) if row.kind == "CalledBack")
    assert (called.facts["by_form"], called.actor.role) == (True, Role.COMPLAINANT)


async def test_r04_an_evaluation_before_the_report_is_refused(city: City) -> None:
    ticket_no = await city.take_in(**SAID)
    answer = await own(city, ticket_no, PHONE, "/evaluation", SATISFIED)
    assert (answer.status_code, answer.json()["code"]) == (409, "callback_not_due")


async def test_a_repeat_with_the_same_key_counts_once(city: City) -> None:
    ticket_no, key = await city.take_in(**SAID), fresh_name("key")
    for _ in range(3):
        answer = await own(city, ticket_no, PHONE, "/supplement", {"note": "四层也没人扫"}, key=key)
        assert answer.status_code == 200
    assert (await city.kinds(ticket_no)).count("Supplemented") == 1


async def test_a_slow_engine_is_answered_with_where_to_look(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket_no = await city.keep(**SAID)
    monkeypatch.setattr(desk, "PATIENCE", timedelta(milliseconds=300))
    early = await own(city, ticket_no, PHONE, "/supplement", {"note": "补充"})
    assert (early.status_code, early.json()["state"]) == (202, "pending")
    where = early.headers["location"].removeprefix(f"/v1/my/complaints/{ticket_no}")
    assert (await own(city, ticket_no, PHONE, where)).json()["state"] == "pending"
    await city.bring(ticket_no, "intake")
    await city.bring(ticket_no, early.json()["command_id"])
    looked = (await own(city, ticket_no, PHONE, where)).json()
    assert (looked["action"], looked["state"]) == (Action.SUPPLEMENT, "applied")
    assert "told" not in looked


async def test_what_others_did_cannot_be_looked_up(city: City) -> None:
    ticket_no = await city.take_in(**SAID)
    answer = await city.act(ticket_no, "sign-in", Role.UNIT, STREET)
    where = "/commands/" + answer.headers["content-location"].rpartition("/")[2]
    looked = await own(city, ticket_no, PHONE, where)
    assert (looked.status_code, looked.json()["code"]) == (404, "unknown_command")
    intake = await own(city, ticket_no, PHONE, "/commands/intake")
    assert intake.json()["code"] == "unknown_command"


async def test_words_that_were_shown_are_noted_like_everybodys_views(city: City, pool: Pool, reported: str) -> None:
    await own(city, reported, PHONE)
    what = "SELECT what FROM views WHERE ticket_no = $1 AND role = 'complainant'"
    assert [view["what"] for view in await pool.fetch(what, reported)] == [["notes"]]


async def test_a_proof_that_fails_keeps_nothing(city: City, pool: Pool) -> None:
    ticket_no = await city.take_in(**SAID)
    before = await kept(pool)
    answer = await own(city, ticket_no, "13800000001", "/withdrawal", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "unproved")
    assert await kept(pool) == before
