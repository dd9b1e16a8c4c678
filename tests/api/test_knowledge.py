"""The knowledge base over HTTP: who may keep what, and that nothing that was once said is lost."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from domain.actor import HOTLINE, Role
from domain.calendar import beijing_day
from domain.knowledge import Knowledge, KnowledgeState
from store import inbox, knowledge
from store.connection import Pool
from tests.api.kept import kept
from tests.city import City, Json

POLICE, CIVIL, STREET_UNIT = "D-GAJ", "D-MZJ", "110105012"
TODAY = beijing_day(datetime.now(UTC))


def day(ahead: int) -> str:
    """A day so many days from now."""
    return (TODAY + timedelta(days=ahead)).isoformat()


def body(version: int = 0, **more: object) -> Json:
    """A good answer of the police."""
    return {
        "version": version,
        "item": "210106",
        "unit": POLICE,
        "questions": ["护照加急怎么办理"],
        "answer": "可以在出入境窗口说明事由，按规定申请加急办理。",
        "review_on": day(100),
    } | more


async def put(city: City, code: str, said: Json, unit: str = POLICE, role: Role = Role.UNIT) -> httpx.Response:
    """Keep an answer."""
    return await city.http.put(f"/v1/knowledge/{code}", json=said, headers=await city.key(role, unit))


async def review(city: City, code: str, said: Json, unit: str = POLICE) -> httpx.Response:
    """Confirm an answer."""
    return await city.http.post(
        f"/v1/knowledge/{code}/review", json=said, headers=await city.key(Role.UNIT if unit else Role.BUREAU, unit)
    )


async def shown(city: City, code: str) -> Json:
    """An answer as a seat sees it."""
    answer = await city.http.get(f"/v1/knowledge/{code}", headers=await city.key(Role.SEAT))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def listed(city: City, **query: str) -> list[Json]:
    """Answers as a seat lists them."""
    answer = await city.http.get("/v1/knowledge", params=query, headers=await city.key(Role.SEAT))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def overdue(pool: Pool, code: str, question: str = "蓝色的斑马怎么过马路") -> None:
    """An answer whose review date was yesterday."""
    one = Knowledge(
        *(code, 1, "210106", POLICE, (question,), "带身份证到窗口办理即可。", TODAY - timedelta(days=1)),
        *(KnowledgeState.IN_FORCE, datetime.now(UTC), HOTLINE),
    )
    async with pool.acquire() as connection:
        assert await knowledge.keep(connection, one)


def code_of(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["code"]


async def test_r10_the_answers_nearest_to_a_question_come_first_with_their_nearness(city: City) -> None:
    found = await listed(city, text="请问身份证丢了怎么补办")
    assert found[0]["code"] == "K-2102"
    assert found[0]["score"] == 1000
    assert found[0]["unit"] == POLICE
    assert 1 < len(found) <= 10
    assert [each["score"] for each in found] == sorted((each["score"] for each in found), reverse=True)


async def test_r45_all_answers_are_listed_with_the_unit_that_owes_them(city: City) -> None:
    every = await listed(city)
    assert len(every) >= 60
    assert all(each["unit"] and each["review_on"] > TODAY.isoformat() for each in every if not each["overdue"])
    assert {each["unit"] for each in await listed(city, unit=CIVIL)} == {CIVIL}


async def test_r45_a_new_version_takes_the_place_of_the_old_one_which_is_kept(city: City) -> None:
    first = await put(city, "K-T01", body())
    second = await put(city, "K-T01", body(1, answer="请先在线预约，再到出入境窗口申请加急办理。"))
    assert [first.json()["version"], second.json()["version"]] == [1, 2]
    history = await shown(city, "K-T01")
    assert history["answer"].startswith("请先在线预约")
    assert [each["answer"] for each in history["earlier"]] == [first.json()["answer"]]
    assert (history["role"], history["name"]) == ("unit", f"unit-{POLICE}")
    assert history["at"] > history["earlier"][0]["at"]


async def test_r45_what_a_unit_keeps_is_found_by_its_new_questions(city: City) -> None:
    await put(city, "K-T02", body(questions=["紫色的独角兽要不要登记"]))
    for _ in range(80):
        if found := [each for each in await listed(city, text="紫色的独角兽要不要登记") if each["code"] == "K-T02"]:
            assert found[0]["score"] == 1000
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the answer was never found")


async def test_r45_keeping_the_same_again_counts_once(city: City, pool: Pool) -> None:
    first = await put(city, "K-T03", body())
    before = await kept(pool)
    again = await put(city, "K-T03", body())
    assert (again.status_code, again.json()) == (200, first.json())
    assert await kept(pool) == before


async def test_r45_who_has_not_seen_the_newest_version_is_refused(city: City) -> None:
    await put(city, "K-T04", body())
    await put(city, "K-T04", body(1, review_on=day(50)))
    stale = await put(city, "K-T04", body(1, review_on=day(60)))
    assert code_of(stale) == (409, "answer_changed")
    assert stale.json()["facts"]["version"] == 2
    assert code_of(await put(city, "K-T04", body(0, review_on=day(60)))) == (409, "answer_changed")


async def test_r45_of_two_at_once_one_is_kept(city: City) -> None:
    await put(city, "K-T05", body())
    answers = await asyncio.gather(*(put(city, "K-T05", body(1, review_on=day(20 + n))) for n in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    assert (await shown(city, "K-T05"))["version"] == 2


async def test_r45_another_unit_keeps_its_hands_off(city: City, pool: Pool) -> None:
    for unit in (POLICE, CIVIL):
        await city.key(Role.UNIT, unit)
    before = await kept(pool)
    assert code_of(await put(city, "K-2102", body(1), unit=CIVIL)) == (403, "not_your_answer")
    assert code_of(await put(city, "K-2102", body(1, unit=CIVIL), unit=CIVIL)) == (403, "not_your_answer")
    assert code_of(await put(city, "K-2102", body(1, unit=CIVIL), unit=POLICE)) == (403, "not_your_answer")
    assert code_of(await put(city, "K-T06", body(), unit=CIVIL)) == (403, "not_your_answer")
    assert code_of(await review(city, "K-2102", {"version": 1, "review_on": day(9)}, CIVIL)) == (403, "not_your_answer")
    assert await kept(pool) == before


async def test_r45_the_bureau_gives_an_answer_to_another_unit(city: City) -> None:
    await put(city, "K-T07", body())
    moved = await put(city, "K-T07", body(1, unit=CIVIL), unit="", role=Role.BUREAU)
    assert (moved.status_code, moved.json()["unit"]) == (200, CIVIL)
    assert code_of(await put(city, "K-T07", body(2))) == (403, "not_your_answer")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"item": "999999"}, "unknown_item"),
        ({"unit": "D-NIX"}, "unknown_unit"),
        ({"unit": "M-GOV"}, "unit_keeps_no_answers"),
        ({"review_on": day(0)}, "review_date_unfit"),
        ({"review_on": day(-1)}, "review_date_unfit"),
        ({"review_on": day(401)}, "review_date_unfit"),
        ({"questions": []}, "invalid_request"),
        ({"questions": ["短"]}, "invalid_request"),
        ({"questions": ["有控制字符\u0007的问题"]}, "invalid_request"),
        ({"answer": "短"}, "invalid_request"),
        ({"state": "maybe"}, "invalid_request"),
        ({"version": -1}, "invalid_request"),
        ({"version": True}, "invalid_request"),
        ({"review_on": "soon"}, "invalid_request"),
        ({"secret": 1}, "invalid_request"),
    ],
)
async def test_r45_what_cannot_be_an_answer_is_refused(city: City, pool: Pool, more: Json, code: str) -> None:
    await city.key(Role.BUREAU)
    before = await kept(pool)
    assert code_of(await put(city, "K-T08", body(**more), unit="", role=Role.BUREAU)) == (422, code)
    assert await kept(pool) == before


async def test_r45_a_review_confirms_until_a_new_date_and_says_who_and_when(city: City, pool: Pool) -> None:
    await overdue(pool, "K-T09")
    assert (await shown(city, "K-T09"))["overdue"] is True
    assert "K-T09" in {each["code"] for each in await listed(city, overdue="true")}
    confirmed = await review(city, "K-T09", {"version": 1, "review_on": day(30)})
    assert (confirmed.json()["version"], confirmed.json()["overdue"]) == (2, False)
    again = await review(city, "K-T09", {"version": 1, "review_on": day(30)})
    assert (again.status_code, again.json()["version"]) == (200, 2)
    assert "K-T09" not in {each["code"] for each in await listed(city, overdue="true")}
    assert (await shown(city, "K-T09"))["name"] == f"unit-{POLICE}"


async def test_r45_a_review_of_what_is_not_there_or_has_changed_is_refused(city: City) -> None:
    await put(city, "K-T10", body())
    assert code_of(await review(city, "K-NIX", {"version": 1, "review_on": day(30)})) == (404, "no_such_answer")
    assert code_of(await review(city, "K-T10", {"version": 0, "review_on": day(30)})) == (409, "answer_changed")
    assert code_of(await review(city, "K-T10", {"version": 1, "review_on": day(0)})) == (422, "review_date_unfit")


async def test_r45_an_overdue_answer_is_found_but_not_given_by_itself(city: City, pool: Pool) -> None:
    text = "橙色的鲸鱼能不能坐地铁"
    await overdue(pool, "K-T11", text)
    city.rooms.shelf.knowledge.forget()
    assert (await listed(city, text=text))[0]["overdue"] is True
    assert await city.rooms.shelf.knowledge.best_answer(text, TODAY) is None
    assert await city.rooms.shelf.knowledge.best_answer(text, date(2020, 1, 1)) is not None


async def test_r45_every_version_is_brought_to_the_engine_once(city: City, pool: Pool) -> None:
    await put(city, "K-T12", body())
    await put(city, "K-T12", body())
    command = await inbox.read(pool, "K-T12", "version 1")
    assert command is not None
    assert (command.action, command.state) == ("duty", "applied")
    assert await pool.fetchval("SELECT count(*) FROM inbox WHERE ticket_no = 'K-T12'") == 1


async def test_r10_a_seat_names_the_answer_it_gave(city: City) -> None:
    ticket_no = await city.take_in(kind="consultation", answer="K-2102")
    assert (await city.ticket(ticket_no))["outcome"] == "answered"


@pytest.mark.parametrize("code", ["K-NIX", "210106"])
async def test_r10_an_answer_that_there_is_none_of_is_refused_at_intake(city: City, pool: Pool, code: str) -> None:
    said = {"matter": "身份证丢了怎么补办", "answer": code}
    headers = await city.key(Role.SEAT)
    before = await kept(pool)
    answer = await city.http.post("/v1/complaints", json=said, headers=headers)
    assert code_of(answer) == (422, "unknown_answer")
    assert await kept(pool) == before


async def test_r10_a_withdrawn_answer_is_refused_at_intake_and_matches_nothing(city: City) -> None:
    await put(city, "K-T13", body(questions=["绿色的恐龙能不能上路"]))
    await put(city, "K-T13", body(1, questions=["绿色的恐龙能不能上路"], state="withdrawn"))
    city.rooms.shelf.knowledge.forget()
    assert "K-T13" not in {each["code"] for each in await listed(city, text="绿色的恐龙能不能上路")}
    said = {"matter": "绿色的恐龙能不能上路", "answer": "K-T13"}
    answer = await city.http.post("/v1/complaints", json=said, headers=await city.key(Role.SEAT))
    assert code_of(answer) == (422, "unknown_answer")


async def test_r45_nobody_changes_or_drops_what_was_kept(pool: Pool) -> None:
    for statement in ("UPDATE knowledge SET answer = ''", "DELETE FROM knowledge", "TRUNCATE knowledge"):
        with pytest.raises(Exception, match="knowledge is append-only"):
            await pool.execute(statement)
