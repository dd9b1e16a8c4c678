"""Confirmed tickets in a real database make a candidate; what people said goes nowhere else."""

import json
import logging
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from classifier import BadModel, LabelledText, Model
from classifier.model_file import HEAD
from classifier.training import train
from classifier.wording import clean
from domain.actor import Actor, Role
from domain.calendar import BEIJING
from domain.complaint import Complaint
from domain.events import ClassificationConfirmed
from domain.journal import FIRST_HASH, chained
from domain.lifecycle import Stage
from domain.standing import standing
from domain.step import Step
from store import complainants, complaints, confirmed, journal
from store.complainants import Complainant
from store.complaints import Intake
from store.connection import Pool
from tests.classifier.town import ITEMS, PLACES, THRESHOLDS, texts
from vault.keyring import KeyRing
from vault.seal import Vault, seal
from workers.learning import MOST_OF_ONE, Lesson, divided, former, is_held_out, learn, put_back, read_lesson

SEAT = Actor(Role.SEAT, "learning-seat")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC).astimezone(BEIJING)
CODES = frozenset(item.code for item in ITEMS)
NAME = "欧阳墨竹轩"
HELD = ["06", "07", "11", "17", "30", "31", "36"]
"""Of the first forty tickets of a day; another split would compare models on tickets that they have learnt."""


async def taken(pool: Pool, vault: Vault, matter: str, *, confidential: bool = False, kind: str | None = None) -> str:
    """A complaint of somebody new; its ticket number."""
    key, who = vault.new_person(), uuid.uuid4()
    await complainants.add(pool, Complainant(who, None, key.wrapped, key.key_id, None, None))
    sealed = seal(key.plain, matter.encode(), "matter")
    said = Intake(who, kind, "phone", sealed, "", "", None, None, "", False, "", confidential, None, 3)
    return (await complaints.take(pool, SEAT, str(who), b"digest", said)).ticket_no


async def confirm(pool: Pool, ticket_no: str, item: str, *, corrected: bool = False) -> None:
    """A seat's word on a ticket, as a journal row."""
    rows = await journal.rows_after(pool, ticket_no)
    seq, head = (rows[-1].seq, rows[-1].hash) if rows else (0, FIRST_HASH)
    event = ClassificationConfirmed(item, "110105", "110105002", corrected, "policy")
    added = chained(ticket_no, seq, head, f"confirm {seq}", SEAT, NOW, (event,))
    state = replace(Complaint(ticket_no, NOW), stage=Stage.HANDLING, item=item, lead="110105002")
    told = standing(state, added[-1].seq, added[-1].hash, NOW)
    async with pool.acquire() as connection:
        assert await journal.append(connection, Step(seq, head, f"confirm {seq}", added, told))


async def erase(pool: Pool, ticket_no: str) -> None:
    """Nothing of this complainant opens any more."""
    await pool.execute(
        """UPDATE complainants SET wrapped_key = NULL
           WHERE complainant_id = (SELECT complainant_id FROM complaints WHERE ticket_no = $1)""",
        ticket_no,
    )


async def kept(pool: Pool, ticket_no: str) -> confirmed.Confirmed | None:
    """What would be learnt of one ticket."""
    return {each.ticket_no: each async for each in confirmed.newest_first(pool)}.get(ticket_no)


def said_in(lesson: Lesson) -> set[str]:
    """All words of a lesson."""
    return {text.text for text in (*lesson.learnt, *lesson.held_out)}


def town_tickets(copies: int) -> list[tuple[str, LabelledText]]:
    """What the town says, many times over in slightly other words, under made-up ticket numbers, newest first."""
    said = [
        LabelledText(f"{NAME}说，{row.text}，{turn * '还有'}", row.item, personal=True)
        for turn in range(copies)
        for row in texts()
    ]
    return [(f"20261122-{number:08}", text) for number, text in enumerate(said)][::-1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model in use that has learnt nothing but the catalogue."""
    folder = tmp_path / "classifier"
    train([], ITEMS, PLACES).save(folder)
    (folder / "trained_on").write_text("town")
    return folder


async def test_a_confirmed_ticket_is_learnt_with_the_seats_item_and_place(pool: Pool, vault: Vault) -> None:
    matter = f"{uuid.uuid4().hex}暖气片冰凉"
    ticket_no = await taken(pool, vault, matter, kind="complaint")
    await confirm(pool, ticket_no, "01", corrected=True)
    lesson = await read_lesson(pool, vault, CODES)
    wanted = LabelledText(matter, "01", "complaint", "110105", "110105002", personal=True)
    assert wanted in (lesson.held_out if is_held_out(ticket_no) else lesson.learnt)
    assert lesson.corrected >= 1


async def test_of_several_confirmations_the_latest_counts_once(pool: Pool, vault: Vault) -> None:
    ticket_no = await taken(pool, vault, "暖气")
    await confirm(pool, ticket_no, "01")
    await confirm(pool, ticket_no, "02", corrected=True)
    found = [each async for each in confirmed.newest_first(pool) if each.ticket_no == ticket_no]
    assert [(each.item, each.corrected) for each in found] == [("02", True)]


async def test_a_ticket_that_nobody_confirmed_is_not_learnt(pool: Pool, vault: Vault) -> None:
    assert await kept(pool, await taken(pool, vault, "暖气")) is None


async def test_an_erased_complainant_is_left_out(pool: Pool, vault: Vault) -> None:
    matter = f"{uuid.uuid4().hex}井盖"
    ticket_no = await taken(pool, vault, matter)
    await confirm(pool, ticket_no, "04")
    assert matter in said_in(await read_lesson(pool, vault, CODES))
    await erase(pool, ticket_no)
    assert await kept(pool, ticket_no) is None
    assert matter not in said_in(await read_lesson(pool, vault, CODES))


async def test_who_asked_for_confidentiality_is_left_out(pool: Pool, vault: Vault) -> None:
    ticket_no = await taken(pool, vault, "暖气", confidential=True)
    await confirm(pool, ticket_no, "01")
    assert await kept(pool, ticket_no) is None


async def test_pages_of_any_size_bring_every_ticket_once_newest_first(pool: Pool, vault: Vault) -> None:
    mine = [await taken(pool, vault, "暖气") for _ in range(5)]
    for ticket_no in mine:
        await confirm(pool, ticket_no, "01")
    for page in (3, 1000):
        numbers = [each.ticket_no async for each in confirmed.newest_first(pool, page)]
        assert numbers == sorted(set(numbers), reverse=True)
        assert set(mine) <= set(numbers)


async def test_an_item_of_another_catalogue_is_counted_and_not_learnt(pool: Pool, vault: Vault) -> None:
    before = (await read_lesson(pool, vault, CODES)).unknown_item
    ticket_no = await taken(pool, vault, "没有这个事项")
    await confirm(pool, ticket_no, "999999")
    lesson = await read_lesson(pool, vault, CODES)
    assert lesson.unknown_item == before + 1
    assert "没有这个事项" not in said_in(lesson)


async def test_a_ticket_whose_key_is_lost_is_counted_and_stops_nothing(pool: Pool, vault: Vault) -> None:
    before = await read_lesson(pool, vault, CODES)
    await confirm(pool, await taken(pool, Vault(KeyRing.fresh()), "钥匙丢了"), "01")
    lesson = await read_lesson(pool, vault, CODES)
    assert lesson.unopened == before.unopened + 1
    assert said_in(lesson) == said_in(before)


async def test_the_newest_tickets_are_read_and_no_more_than_asked_for(pool: Pool, vault: Vault) -> None:
    matters = [f"{uuid.uuid4().hex}医保" for _ in range(4)]
    for matter in matters:
        await confirm(pool, await taken(pool, vault, matter), "07")
    assert said_in(await read_lesson(pool, vault, CODES, most=3)) == set(matters[1:])


async def test_whoever_calls_often_is_not_learnt_often_enough_to_be_remembered(pool: Pool, vault: Vault) -> None:
    matters = [f"{uuid.uuid4().hex}暖气" for _ in range(MOST_OF_ONE + 2)]
    numbers = [await taken(pool, vault, matters[0])]
    person = await complainants.of_ticket(pool, numbers[0])
    assert person is not None
    plain = vault.person(person.wrapped_key, person.key_id).plain
    for matter in matters[1:]:
        sealed = seal(plain, matter.encode(), "matter")
        said = Intake(person.complainant_id, None, "phone", sealed, "", "", None, None, "", False, "", False, None, 3)
        numbers.append((await complaints.take(pool, SEAT, matter, b"digest", said)).ticket_no)
    for ticket_no in numbers:
        await confirm(pool, ticket_no, "01")
    assert said_in(await read_lesson(pool, vault, CODES)) & set(matters) == set(matters[2:])


def test_about_one_ticket_in_five_is_held_out_and_always_the_same_ones() -> None:
    numbers = [f"20261122-{number:08}" for number in range(5000)]
    held = [number for number in numbers if is_held_out(number)]
    assert 900 < len(held) < 1100
    assert [number[-2:] for number in held if number < "20261122-00000040"] == HELD


def test_no_held_out_text_is_learnt_not_even_said_twice() -> None:
    tickets = town_tickets(3)
    twice = [*tickets, *((f"20261123-{number:08}", text) for number, (_, text) in enumerate(tickets))]
    learnt, held_out = divided(twice)
    assert learnt
    assert not {clean(text.text) for text in learnt} & {clean(text.text) for text in held_out}


def test_a_candidate_that_learnt_from_seats_is_better_and_takes_over(folder: Path) -> None:
    was = Model.load(folder).version
    learnt = learn([], Lesson(*divided(town_tickets(8))), folder, thresholds=THRESHOLDS)
    assert learnt.objections == ()
    assert learnt.promoted
    assert learnt.comparison is not None
    assert learnt.comparison.candidate.macro_f1 > learnt.comparison.in_use.macro_f1
    assert Model.load(folder).version == learnt.candidate != was
    assert Model.load(former(folder)).version == was


def test_one_that_is_not_better_changes_nothing(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    learnt = learn([], Lesson(*divided(town_tickets(1))), folder, thresholds=THRESHOLDS)
    assert learnt.objections
    assert not learnt.promoted
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert not former(folder).exists()


def test_one_that_is_not_better_takes_over_when_told_to(folder: Path) -> None:
    learnt = learn(texts(), Lesson(), folder, thresholds=THRESHOLDS, promote=True)
    assert learnt.objections
    assert learnt.promoted
    assert Model.load(folder).version == learnt.candidate


def test_the_same_model_never_displaces_the_former_one(folder: Path) -> None:
    learn(texts(), Lesson(), folder, thresholds=THRESHOLDS, promote=True)
    was = Model.load(former(folder)).version
    assert not learn(texts(), Lesson(), folder, thresholds=THRESHOLDS, promote=True).promoted
    assert Model.load(former(folder)).version == was


def test_the_former_model_can_be_put_back_and_forth(folder: Path) -> None:
    old = Model.load(folder).version
    new = learn(texts(), Lesson(), folder, thresholds=THRESHOLDS, promote=True).candidate
    assert put_back(folder) == Model.load(folder).version == old
    assert Model.load(former(folder)).version == new
    assert put_back(folder) == new
    assert (folder / "trained_on").read_text() == "town"


def test_without_a_former_model_nothing_is_put_back(folder: Path) -> None:
    was = Model.load(folder).version
    with pytest.raises(BadModel, match="former"):
        put_back(folder)
    assert Model.load(folder).version == was


def no_head(folder: Path) -> None:
    (folder / HEAD).unlink()


def half_a_head(folder: Path) -> None:
    (folder / HEAD).write_bytes((folder / HEAD).read_bytes()[:1000])


def other_arrays(folder: Path) -> None:
    next(folder.glob("arrays-*.npz")).write_bytes(b"PK")


def of_another_release(folder: Path) -> None:
    (folder / HEAD).write_text((folder / HEAD).read_text().replace('"format":1', '"format":0'))


@pytest.mark.parametrize("damage", [no_head, half_a_head, other_arrays, of_another_release])
def test_a_damaged_model_in_use_is_refused_before_anything_is_learnt(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    damage(folder)
    with pytest.raises(BadModel, match=r"classifier: "):
        learn(texts(), Lesson(), folder, thresholds=THRESHOLDS, promote=True)
    assert not former(folder).exists()


async def test_nothing_that_people_said_is_printed_logged_or_kept(
    pool: Pool, vault: Vault, folder: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    marks = (NAME, "貔貅巷", "13971946825")
    for number in range(12):
        whose = f"{NAME}{number}，电话13971946825，住貔貅巷" if number < 4 else f"住{number}号"
        await confirm(pool, await taken(pool, vault, f"{whose}，暖气片冰凉"), "01")
    with caplog.at_level(logging.DEBUG), capture_logs() as logs:
        lesson = await read_lesson(pool, vault, CODES)
        learnt = learn(texts(), lesson, folder, thresholds=THRESHOLDS, promote=True)
    assert learnt.promoted
    assert {mark for mark in marks if any(mark in text for text in said_in(lesson))} == set(marks)
    printed = capfd.readouterr()
    told = (printed.out, printed.err, caplog.text, repr(logs), repr(learnt))
    assert not [mark for mark in marks if any(mark in text for text in told)]
    kept = json.loads((folder / HEAD).read_text(encoding="utf-8"))["body"]  # beside it stand checksums: any digits
    kept_words = repr([kept["grams"], kept["items"], kept["places"], kept["kinds"]])
    assert "暖气" in kept_words
    assert not [pair for pair in ("欧阳", "墨竹", "竹轩", "貔貅", "1397") if pair in kept_words]
