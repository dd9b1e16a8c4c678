"""Lists narrowed by text: every complaint that holds the words, no other, page by page; and who looked is noted."""

import random
from typing import Any

import pytest

from domain.actor import Role
from store import erasures
from store.connection import Pool
from tests.api.test_lists import listed, numbers
from tests.city import DISTRICT, STREET, City, Json

ELSEWHERE = "110108012"


PLACES = "里苑园城湾村庄营镇府路街桥"
"""What names of places end in: words that name the same place by chance are near."""


def a_word(length: int = 6) -> str:
    """A word that no other test says, and that names no place."""
    drawn = (chr(0x4E00 + random.randrange(20_000)) for _ in range(2 * length + 10))
    return "".join(each for each in drawn if each not in PLACES)[:length]


async def said(city: City, *matters: str, **body: Any) -> list[str]:
    """Complaints with these matters, oldest first."""
    return [await city.keep(matter=matter, **body) for matter in matters]


async def refused(city: City, role: Role = Role.SEAT, unit: str = "", /, **query: Any) -> tuple[int, str]:
    """Status and code of a list that is refused."""
    answer = await city.http.get("/v1/complaints", params=query, headers=await city.key(role, unit))
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["code"]


async def test_every_complaint_that_holds_the_word_is_found_and_no_other(city: City) -> None:
    word = a_word()
    holding = await said(city, f"门口{word}一整夜", f"{word}，又来了", f"昨天也是{word}")
    await said(city, f"{word[:3]}和{word[3:]}", word[:5], word[::-1])
    assert numbers(await listed(city, text=word)) == holding[::-1]


async def test_words_in_any_order_all_have_to_be_there(city: City) -> None:
    one, two = a_word(3), a_word(3)
    both, _ = await said(city, f"{one}旁边的{two}", one)
    assert numbers(await listed(city, text=f"{two} {one}")) == [both]


async def test_a_word_is_found_however_it_was_typed(city: City) -> None:
    word = a_word(4)
    wide, parted = await said(city, f"ＷｉＦｉ{word}坏了", f"{word[:2]}  {word[2:]}\n坏了")
    assert numbers(await listed(city, text=f"wifi{word}")) == [wide]
    assert numbers(await listed(city, text=word)) == [parted, wide]


async def test_a_number_in_a_word_has_to_be_that_number(city: City) -> None:
    word = a_word(4)
    seven, _ = await said(city, f"{word}7号楼", f"{word}8号楼")
    assert numbers(await listed(city, text=f"{word}7号楼")) == [seven]


async def test_point_and_community_are_looked_through_too(city: City) -> None:
    point, community = a_word(4), a_word(4)
    (found,) = await said(city, a_word(), point=point, community=community)
    assert numbers(await listed(city, text=point)) == numbers(await listed(city, text=community)) == [found]


async def test_nobody_is_found_by_their_own_name(city: City) -> None:
    name, word = a_word(4), a_word(4)
    (found,) = await said(city, f"我是{name}，{word}", complainant={"name": name})
    assert numbers(await listed(city, text=word)) == [found]
    assert numbers(await listed(city, text=name)) == []


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 200])
async def test_pages_of_any_size_tell_every_ticket_once_newest_first(city: City, limit: int) -> None:
    word = a_word()
    matters = [f"{word}{number}" if number % 2 else f"{word[:3]}，{word[3:]}" for number in range(10)]
    tickets = await said(city, *matters)
    assert numbers(await listed(city, text=word, limit=limit)) == tickets[1::2][::-1]


async def test_pages_go_on_behind_many_that_only_seem_to_hold_the_word(city: City, monkeypatch: Any) -> None:
    monkeypatch.setattr("api.search._BATCH", 2)
    monkeypatch.setattr("api.search._MOST", 4)
    word = a_word()
    old, *_, new = await said(city, f"{word}1号", *[f"{word}2号"] * 9, f"{word}1号")
    assert numbers(await listed(city, text=f"{word}1号", limit=1)) == [new, old]


async def test_text_narrows_beside_other_filters(city: City) -> None:
    word = a_word()
    here = await city.take_in(matter=f"{word}在这里")
    there = await city.take_in(matter=f"{word}在那里，{a_word(60)}", street=ELSEWHERE)
    assert numbers(await listed(city, text=word)) == [there, here]
    assert numbers(await listed(city, text=word, lead=STREET)) == [here]
    assert numbers(await listed(city, text=word, stage="closed")) == []


async def test_a_unit_finds_only_what_is_before_it(city: City) -> None:
    word = a_word()
    here = await city.take_in(matter=f"{word}在这里")
    there = await city.take_in(matter=f"{word}在那里，{a_word(60)}", street=ELSEWHERE)
    assert numbers(await listed(city, Role.UNIT, STREET, text=word)) == [here]
    assert numbers(await listed(city, Role.UNIT, DISTRICT, text=word)) == [here]
    assert numbers(await listed(city, Role.UNIT, ELSEWHERE, text=word)) == [there]


async def test_a_seat_finds_nothing_of_the_minors_line(city: City) -> None:
    word = a_word()
    (found,) = await said(city, f"{word}在学校", line="minors")
    assert numbers(await listed(city, text=word)) == []
    assert numbers(await listed(city, Role.ADMIN, text=word)) == [found]


async def test_a_channel_may_not_look_through_everybodys_words(city: City) -> None:
    assert await refused(city, Role.FRONTEND, text="路灯") == (403, "forbidden")


@pytest.mark.parametrize("text", ["灯", "1", "13971946825", " ", "，。", "路 灯"])
async def test_a_text_without_a_word_of_two_characters_is_refused(city: City, text: str) -> None:
    assert await refused(city, text=text) == (422, "text_too_short")


@pytest.mark.parametrize("text", ["", "路灯\x00", "路\n灯", "灯" * 101])
async def test_a_text_that_cannot_be_is_refused(city: City, text: str) -> None:
    assert await refused(city, text=text) == (422, "invalid_request")


async def test_each_ticket_that_is_told_is_noted_as_viewed(city: City) -> None:
    word = a_word()
    told, other = await said(city, f"{word}坏了", f"{word[:3]}，{word[3:]}")
    await listed(city, Role.BUREAU, text=word)
    assert [(view["role"], view["what"]) for view in await views(city, told)] == [("bureau", ["text"])]
    assert await views(city, other) == []


async def views(city: City, ticket_no: str) -> list[Json]:
    """Who was shown something of a ticket."""
    answer = await city.http.get(f"/v1/complaints/{ticket_no}/views", headers=await city.key(Role.ADMIN))
    return answer.json()["views"]


async def test_who_was_erased_is_found_by_no_word(city: City, pool: Pool) -> None:
    word = a_word()
    (ticket_no,) = await said(city, f"{word}坏了")
    person = await erasures.person(pool, ticket_no)
    assert person is not None
    await erasures.erase(pool, person.complainant_id, "test")
    assert numbers(await listed(city, text=word)) == []
    for table in ("ticket_terms", "open_terms"):
        assert not await pool.fetchval(f"SELECT count(*) FROM {table} WHERE ticket_no = $1", ticket_no), table
