"""The timeline tells what happened, in order, in Chinese, with the words that were given."""

from datetime import datetime, timedelta

import pytest

from domain.actor import Role
from tests.city import STREET, City, Json


async def timeline(city: City, ticket_no: str, role: Role = Role.SEAT, unit: str = "") -> list[Json]:
    """The entries of one complaint."""
    answer = await city.http.get(f"/v1/complaints/{ticket_no}/timeline", headers=await city.key(role, unit))
    assert answer.status_code == 200, answer.text
    assert answer.json()["ticket_no"] == ticket_no
    return answer.json()["entries"]


@pytest.fixture(scope="module")
async def lived(city: City) -> str:
    """A complaint that was handled and called back."""
    ticket_no = await city.take_in()
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    await city.done(ticket_no, "progress", Role.UNIT, STREET, note="已联系保洁公司")
    await city.done(ticket_no, "supplement", Role.SEAT, note="四层也没人扫")
    await city.done(ticket_no, "report-done", Role.UNIT, STREET, done_as="resolved", note="已清扫")
    await city.done(
        ticket_no, "callback", Role.SEAT, reached=True, contacted=True, resolved="yes", satisfied="satisfied"
    )
    return ticket_no


async def test_entries_are_the_journals_rows_in_order(city: City, lived: str) -> None:
    entries, rows = await timeline(city, lived), await city.rows(lived)
    assert [(entry["seq"], entry["kind"]) for entry in entries] == [(row.seq, row.kind) for row in rows]
    assert [entry["seq"] for entry in entries] == list(range(1, len(rows) + 1))
    instants = [datetime.fromisoformat(entry["at"]) for entry in entries]
    assert instants == sorted(instants)
    assert {instant.utcoffset() for instant in instants} == {timedelta(hours=8)}


async def test_every_entry_is_told_in_chinese(city: City, lived: str) -> None:
    told = {entry["kind"]: entry["told"] for entry in await timeline(city, lived)}
    assert "麦子店街道签收" in told["SignedIn"]
    assert "物业" in told["Classified"] or "楼道" in told["Classified"]
    assert all(any("\u4e00" <= ch <= "\u9fff" for ch in sentence) for sentence in told.values())


async def test_words_stand_with_the_step_they_were_given_with_and_only_there(city: City, lived: str) -> None:
    notes = {entry["kind"]: entry["note"] for entry in await timeline(city, lived) if entry["note"]}
    assert notes == {"ProgressReported": "已联系保洁公司", "Supplemented": "四层也没人扫", "ReportedDone": "已清扫"}


async def test_who_acted_is_told_by_role_and_unit_and_never_by_name(city: City, lived: str) -> None:
    entries = {entry["kind"]: entry for entry in await timeline(city, lived)}
    assert (entries["SignedIn"]["role"], entries["SignedIn"]["unit"]) == ("unit", STREET)
    assert (entries["Classified"]["role"], entries["Classified"]["unit"]) == ("system", "")
    assert "name" not in entries["SignedIn"]


async def test_the_unit_reads_the_same_timeline_as_the_seat(city: City) -> None:
    ticket_no = await city.take_in()
    assert await timeline(city, ticket_no, Role.UNIT, STREET) == await timeline(city, ticket_no)


async def test_a_complaint_that_nobody_took_up_yet_has_an_empty_timeline(city: City) -> None:
    assert await timeline(city, await city.keep()) == []
