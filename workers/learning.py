"""The learning loop: what seats have confirmed makes a candidate, and a better one takes the place of the model in use.

The complainants' words are opened here, in memory, and go nowhere else: the model keeps only what several of them
share, and what is told of a training is numbers and catalogue codes (R5).
"""

import hashlib
import shutil
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag

from classifier import model_body, model_file
from classifier.documents import MOST_TEXTS, MOST_TEXTS_AN_ITEM, SHARED_BY_PERSONAL
from classifier.labelled import LabelledText
from classifier.model import Model
from classifier.parts import Parts
from classifier.promotion import Comparison, against, compare
from classifier.thresholds import Thresholds
from classifier.training import train
from classifier.wording import clean
from store import confirmed
from store.confirmed import Confirmed
from store.connection import Pool
from vault.seal import Vault, open_text

MOST_TICKETS = 10_000
"""Newest confirmed tickets that one training reads; words and matters change with time."""

HELD_OUT_OF = 5
"""One ticket in so many is never learnt from, by any model at any time."""

MOST_OF_ONE = SHARED_BY_PERSONAL - 1
"""Tickets of one complainant that are read: what only one person says must not pass for shared (R5)."""

_STAMP = "trained_on"
_WITH_TICKETS = "and on confirmed tickets"


@dataclass(frozen=True, slots=True)
class Lesson:
    """Confirmed tickets, oldest first: to learn from, and held out. Beside them how many seats had corrected, how many
    name an item that the catalogue has no more, and how many no key of the ring opens."""

    learnt: tuple[LabelledText, ...] = ()
    held_out: tuple[LabelledText, ...] = ()
    corrected: int = 0
    unknown_item: int = 0
    unopened: int = 0


@dataclass(frozen=True, slots=True)
class Learnt:
    """What came of a training. `comparison` is None without any held-out ticket; `objections` are for readers."""

    candidate: str
    comparison: Comparison | None
    objections: tuple[str, ...]
    promoted: bool


async def read_lesson(pool: Pool, vault: Vault, items: frozenset[str], most: int = MOST_TICKETS) -> Lesson:
    """The newest confirmed tickets about `items`, opened and divided."""
    found: list[tuple[str, LabelledText]] = []
    of_one: Counter[uuid.UUID] = Counter()
    corrected = unknown_item = unopened = 0
    async for ticket in confirmed.newest_first(pool):
        if ticket.item not in items:
            unknown_item += 1
        elif (text := _opened(vault, ticket)) is None:
            unopened += 1
        elif of_one[ticket.complainant_id] < MOST_OF_ONE:
            of_one[ticket.complainant_id] += 1
            corrected += ticket.corrected
            found.append((ticket.ticket_no, text))
        if len(found) == most:
            break
    learnt, held_out = divided(found)
    return Lesson(learnt, held_out, corrected, unknown_item, unopened)


def divided(
    newest_first: Sequence[tuple[str, LabelledText]],
) -> tuple[tuple[LabelledText, ...], tuple[LabelledText, ...]]:
    """To learn from and held out, each oldest first. A text that says the same as a held-out one is not learnt."""
    held_out = [text for ticket_no, text in newest_first if is_held_out(ticket_no)]
    known = {clean(text.text) for text in held_out}
    seen: Counter[str] = Counter()
    learnt: list[LabelledText] = []
    for ticket_no, text in newest_first:
        if is_held_out(ticket_no) or clean(text.text) in known:
            continue
        seen[text.item] += 1
        if seen[text.item] <= MOST_TEXTS_AN_ITEM:
            learnt.append(text)
    return tuple(reversed(learnt)), tuple(reversed(held_out))


def is_held_out(ticket_no: str) -> bool:
    """Whether a ticket only ever serves to compare; the same on every machine and in every training."""
    return int.from_bytes(hashlib.sha256(ticket_no.encode()).digest()[:8]) % HELD_OUT_OF == 0


def parts_in_use(folder: Path) -> Parts:
    """The parts of the model in use: its catalogue and places are the candidate's too. Raises BadModel."""
    return model_body.unpack(model_file.read(folder))


def learn(
    corpus: Sequence[LabelledText],
    lesson: Lesson,
    folder: Path,
    *,
    thresholds: Thresholds,
    promote: bool = False,
) -> Learnt:
    """Train a candidate and put it in use when it is better, or when `promote` asks for it. Raises BadModel."""
    in_use, parts = Model.load(folder), parts_in_use(folder)
    tickets = newest(corpus, lesson.learnt)
    candidate = train([*corpus, *tickets], parts.items, parts.places)
    emergencies = {item.code for item in parts.items if item.emergency}
    compared = compare(in_use, candidate, lesson.held_out, emergencies, thresholds) if lesson.held_out else None
    objections = against(compared)
    promoted = candidate.version != in_use.version and (promote or not objections)
    if promoted:
        put_in_use(candidate, folder, stamped(data_of(folder), bool(tickets)))
    return Learnt(candidate.version, compared, objections, promoted)


def newest(corpus: Sequence[LabelledText], tickets: Sequence[LabelledText]) -> Sequence[LabelledText]:
    """Of tickets that are oldest first, those for which a training has room beside the corpus."""
    room = max(0, MOST_TEXTS - len(corpus))
    return tickets[-room:] if room else ()


def put_in_use(model: Model, folder: Path, stamp: str, *, keep_former: bool = True) -> None:
    """Keep the model in use as the former one, unless it is not fit to be, then write `model` in its place; at no
    moment is there none.

    `stamp` says what data the model knows. It comes last: without it the next `hotline prepare` trains afresh.
    """
    kept, draft = former(folder), folder.with_name(f".{folder.name}-former.draft")
    if keep_former and folder.exists():
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(folder, draft)
        shutil.rmtree(kept, ignore_errors=True)
        draft.rename(kept)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _STAMP).unlink(missing_ok=True)
    model.save(folder)
    (folder / _STAMP).write_text(stamp)


def put_back(folder: Path) -> str:
    """Exchange the model in use and the former one; the version now in use. Raises BadModel without a former one."""
    model, stamp = Model.load(former(folder)), _stamp(former(folder))
    put_in_use(model, folder, stamp)
    return model.version


def former(folder: Path) -> Path:
    """Where the model that was in use before is kept."""
    return folder.with_name(f"{folder.name}-former")


def stamped(data: str, with_tickets: bool) -> str:
    """What a model is stamped with: a hash of catalogue, units and corpus, and whether it has learnt from tickets."""
    return f"{data}\n{_WITH_TICKETS}" if with_tickets else data


def data_of(folder: Path) -> str:
    """The hash of what the model in a folder was trained on; empty for none."""
    return _stamp(folder).partition("\n")[0]


def knows_tickets(folder: Path) -> bool:
    """Whether the model in a folder has learnt from tickets."""
    return _stamp(folder).partition("\n")[2] == _WITH_TICKETS


def _stamp(folder: Path) -> str:
    stamp = folder / _STAMP
    return stamp.read_text() if stamp.exists() else ""


def _opened(vault: Vault, ticket: Confirmed) -> LabelledText | None:
    """A ticket's words as a labelled text; None when the key is lost or does not fit."""
    try:
        key = vault.person(ticket.wrapped_key, ticket.key_id)
        text = open_text(key.plain, ticket.matter_sealed, "matter")
    except (KeyError, InvalidTag):
        return None
    return LabelledText(text or "", ticket.item, ticket.kind, ticket.district, ticket.street, personal=True)
