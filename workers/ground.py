"""What has to be there before the first call: tables, a policy, a classifier. Doing it again changes nothing."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from classifier.gazetteer import read_places
from classifier.item import read_items
from classifier.labelled import LabelledText, read_labelled
from classifier.model import Model
from classifier.model_file import BadModel
from classifier.training import train
from domain.calendar import beijing_day
from rulebook.files import load
from store import migrations, policy
from store.connection import open_pool
from vault.seal import Vault
from workers import learning
from workers.seeding import seed_knowledge

Say = Callable[[str], None]
MIGRATIONS = Path(__file__).parent.parent / "migrations"


async def prepare(
    database_url: str, policy_folder: Path, model_folder: Path, say: Say, vault: Vault | None = None
) -> None:
    """Migrate, apply the policy files, put in new answers, train the classifier where the data has changed. Without a
    vault it is trained on the corpus alone, whatever it had learnt."""
    connection = await asyncpg.connect(database_url)
    try:
        for version in await migrations.migrate(
            connection, migrations.read(MIGRATIONS), beijing_day(datetime.now(UTC))
        ):
            say(f"migrated to {version}")
        books = load(policy_folder)
        for book in books:
            if await policy.apply(connection, book.version, book.effective_from, book.to_json(), "setup"):
                say(f"policy {book.version} applied, in force from {book.effective_from}")
        if seeded := await seed_knowledge(connection, policy_folder, books[-1]):
            say(f"{seeded} answers put into the knowledge base")
    finally:
        await connection.close()
    tickets = await remembered(database_url, policy_folder, model_folder, vault) if vault else ()
    ready_model(policy_folder, model_folder, say, tickets)


async def remembered(
    database_url: str, policy_folder: Path, model_folder: Path, vault: Vault
) -> tuple[LabelledText, ...]:
    """What a model that has to be trained again had learnt from seats: the confirmed tickets about what is still in
    the catalogue. Nothing where the model stays, or had learnt from none."""
    if not is_stale(policy_folder, model_folder) or not learning.knows_tickets(model_folder):
        return ()
    items = frozenset(item.code for item in read_items(_newest(policy_folder, "catalogue")))
    async with await open_pool(database_url, most=2) as pool:
        return (await learning.read_lesson(pool, vault, items)).learnt


def is_stale(policy_folder: Path, model_folder: Path) -> bool:
    """Whether catalogue, units or corpus are others than the model in use was trained on, or there is none."""
    return learning.data_of(model_folder) != _seen(policy_folder) or not _loads(model_folder)


def ready_model(policy_folder: Path, model_folder: Path, say: Say, tickets: Sequence[LabelledText] = ()) -> None:
    """A trained classifier in `model_folder`: kept unless it is stale, else trained on the corpus and `tickets`."""
    if not is_stale(policy_folder, model_folder):
        return
    say("training the classifier")
    corpus = read_labelled((policy_folder / "corpus").glob("*.csv"))
    learnt = learning.newest(corpus, tickets)
    items, places = read_items(_newest(policy_folder, "catalogue")), read_places(_newest(policy_folder, "units"))
    model = train([*corpus, *learnt], items, places)
    stamp = learning.stamped(_seen(policy_folder), bool(learnt))
    learning.put_in_use(model, model_folder, stamp, keep_former=_loads(model_folder))
    say(f"classifier {model.version} trained on {len(corpus)} complaints and {len(learnt)} confirmed tickets")


def _seen(policy_folder: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in _sources(policy_folder))).hexdigest()


def _sources(policy_folder: Path) -> list[Path]:
    return sorted(path for kind in ("catalogue", "units", "corpus") for path in (policy_folder / kind).glob("*.csv"))


def _newest(policy_folder: Path, kind: str) -> Path:
    return max((policy_folder / kind).glob("*.csv"))


def _loads(model_folder: Path) -> bool:
    try:
        Model.load(model_folder)
    except BadModel:
        return False
    return True
