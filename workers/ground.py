"""What has to be there before the first call: tables, a policy, a classifier. Doing it again changes nothing."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from classifier.gazetteer import read_places
from classifier.item import read_items
from classifier.labelled import read_labelled
from classifier.model import Model
from classifier.model_file import BadModel
from classifier.training import train
from domain.calendar import beijing_day
from rulebook.files import load
from store import migrations, policy

Say = Callable[[str], None]
MIGRATIONS = Path(__file__).parent.parent / "migrations"


async def prepare(database_url: str, policy_folder: Path, model_folder: Path, say: Say) -> None:
    """Migrate, apply the policy files, train the classifier where the data has changed."""
    connection = await asyncpg.connect(database_url)
    try:
        for version in await migrations.migrate(
            connection, migrations.read(MIGRATIONS), beijing_day(datetime.now(UTC))
        ):
            say(f"migrated to {version}")
        for book in load(policy_folder):
            if await policy.apply(connection, book.version, book.effective_from, book.to_json(), "setup"):
                say(f"policy {book.version} applied, in force from {book.effective_from}")
    finally:
        await connection.close()
    ready_model(policy_folder, model_folder, say)


def ready_model(policy_folder: Path, model_folder: Path, say: Say) -> None:
    """A trained classifier in `model_folder`: kept while catalogue, units and corpus are what it was trained on."""
    sources = sorted(path for kind in ("catalogue", "units", "corpus") for path in (policy_folder / kind).glob("*.csv"))
    seen = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    stamp = model_folder / "trained_on"
    if stamp.exists() and stamp.read_text() == seen and _loads(model_folder):
        return
    say("training the classifier")
    newest = {path.parent.name: path for path in sources}
    rows = read_labelled((policy_folder / "corpus").glob("*.csv"))
    model = train(rows, read_items(newest["catalogue"]), read_places(newest["units"]))
    model_folder.mkdir(parents=True, exist_ok=True)
    model.save(model_folder)
    stamp.write_text(seen)
    say(f"classifier {model.version} trained on {len(rows)} complaints")


def _loads(model_folder: Path) -> bool:
    try:
        Model.load(model_folder)
    except BadModel:
        return False
    return True
