"""Who is shown personal data is noted before they are, and can be looked up."""

from pathlib import Path

import asyncpg
import pytest

from domain.actor import Role
from local.stack import Stack
from store.connection import Pool
from tests.city import DISTRICT, STREET, City, Json
from tests.cli.terminal import Terminal

SAID: Json = {"complainant": {"name": "欧阳墨竹轩", "phone": "13971946827"}}


async def look(city: City, ticket_no: str, role: Role, unit: str = "", where: str = "") -> Json:
    """One read of a complaint."""
    answer = await city.http.get(f"/v1/complaints/{ticket_no}{where}", headers=await city.key(role, unit))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def views(city: City, ticket_no: str) -> list[tuple[str, str, list[str]]]:
    """Role, unit and what was shown, oldest first."""
    page = await look(city, ticket_no, Role.ADMIN, where="/views")
    return [(view["role"], view["unit"], view["what"]) for view in reversed(page["views"])]


async def test_every_read_of_matter_or_contact_is_noted_with_what_was_shown(city: City) -> None:
    ticket_no = await city.keep(**SAID)
    await look(city, ticket_no, Role.SEAT)
    await look(city, ticket_no, Role.BUREAU)
    assert await views(city, ticket_no) == [("seat", "", ["matter", "contact"]), ("bureau", "", ["matter"])]


async def test_a_unit_is_noted_with_its_code(city: City) -> None:
    ticket_no = await city.take_in(**SAID)
    await look(city, ticket_no, Role.UNIT, STREET)
    assert (await views(city, ticket_no))[-1] == ("unit", STREET, ["matter", "contact"])


async def test_notes_on_a_timeline_are_noted_and_a_timeline_without_any_is_not(city: City) -> None:
    ticket_no = await city.take_in(**SAID)
    before = await views(city, ticket_no)
    await look(city, ticket_no, Role.MUNICIPALITY, where="/timeline")
    assert await views(city, ticket_no) == before
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET, note="已约好")
    await look(city, ticket_no, Role.MUNICIPALITY, where="/timeline")
    assert (await views(city, ticket_no))[len(before) :] == [("municipality", "", ["notes"])]


async def test_who_is_refused_is_shown_nothing_and_not_noted(city: City) -> None:
    ticket_no = await city.keep(**SAID)
    headers = await city.key(Role.UNIT, "110108012")
    assert (await city.http.get(f"/v1/complaints/{ticket_no}", headers=headers)).status_code == 403
    assert await views(city, ticket_no) == []


async def test_lists_views_and_commands_show_nothing_and_are_not_noted(city: City) -> None:
    ticket_no = await city.keep(**SAID)
    await look(city, ticket_no, Role.SEAT, where="/views")
    await look(city, ticket_no, Role.SEAT, where="/commands/intake")
    await city.http.get("/v1/complaints", headers=await city.key(Role.SEAT))
    assert await views(city, ticket_no) == []


@pytest.mark.parametrize(("role", "unit"), [(Role.UNIT, DISTRICT), (Role.FRONTEND, ""), (Role.BUREAU, "")])
async def test_only_seat_and_admin_may_look_views_up(city: City, role: Role, unit: str) -> None:
    ticket_no = await city.keep(**SAID)
    answer = await city.http.get(f"/v1/complaints/{ticket_no}/views", headers=await city.key(role, unit))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_pages_hold_every_view_once_newest_first(city: City) -> None:
    ticket_no = await city.keep(**SAID)
    for _ in range(5):
        await look(city, ticket_no, Role.SEAT)
    numbers: list[int] = []
    where = "/views?limit=2"
    while where:
        page = await look(city, ticket_no, Role.SEAT, where=where)
        numbers += [view["view_id"] for view in page["views"]]
        where = f"/views?limit=2&before={page['next']}" if page["next"] else ""
    assert len(numbers) == 5
    assert numbers == sorted(set(numbers), reverse=True)


@pytest.mark.parametrize("statement", ["UPDATE views SET name = 'else'", "DELETE FROM views"])
async def test_no_view_is_ever_changed_or_deleted(city: City, pool: Pool, statement: str) -> None:
    ticket_no = await city.keep(**SAID)
    await look(city, ticket_no, Role.SEAT)
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await pool.execute(f"{statement} WHERE ticket_no = $1", ticket_no)


async def test_a_timeline_shows_the_views_to_those_who_may_know_and_to_nobody_else(city: City) -> None:
    ticket_no = await city.take_in(**SAID)
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET, note="已约好")
    await look(city, ticket_no, Role.UNIT, STREET)
    timeline = await look(city, ticket_no, Role.SEAT, where="/timeline")
    newest = [(view["role"], view["unit"], view["what"]) for view in timeline["views"][:2]]
    assert newest == [("seat", "", ["notes"]), ("unit", STREET, ["matter", "contact"])]
    assert len((await look(city, ticket_no, Role.ADMIN, where="/timeline"))["views"]) == len(timeline["views"]) + 1
    for role, unit in ((Role.UNIT, STREET), (Role.BUREAU, ""), (Role.FRONTEND, "")):
        assert (await look(city, ticket_no, role, unit, where="/timeline"))["views"] == []


async def test_the_command_line_tells_who_looked_among_what_happened(city: City, stack: Stack, tmp_path: Path) -> None:
    ticket_no = await city.take_in(**SAID)
    await look(city, ticket_no, Role.UNIT, STREET)
    told = await Terminal(stack.database_url, tmp_path).done("ticket", ticket_no)
    assert f"麦子店街道查看了诉求内容、联系方式（unit-{STREET}）" in told.replace("\n", "")
