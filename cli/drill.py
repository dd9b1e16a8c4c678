"""`hotline drill`: break one thing under load, then count whether anything was lost, doubled, or rang too late."""

import asyncio
import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from config.settings import Settings
from drill.disk import NoSmallDisk
from drill.every import DRILLS
from drill.ground import Ground, Site, ground
from drill.play import Drill, Outcome, played
from drill.scene import Form
from drill.wrong_clock import NoWrongClock
from local.failure import LocalFailure

_screen = Console(stderr=True)
_ALL = "all"
_SHORT = Form(short=True, kills=5, minutes=0.1, on_postgres=False)


def drill(
    names: Annotated[list[str], typer.Argument(help=f"all, or some of: {', '.join(DRILLS)}.")],
    short: Annotated[bool, typer.Option("--short", help="Seconds instead of minutes, and a small load.")] = False,
    kills: Annotated[int | None, typer.Option(min=0, help="kill: how many at random. [50]")] = None,
    minutes: Annotated[float | None, typer.Option(min=0, help="temporal-away: for how long. [30]")] = None,
    rate: Annotated[float | None, typer.Option(min=0.1, help="temporal-away: arrivals a second. [56.4]")] = None,
    on_postgres: Annotated[
        bool | None, typer.Option("--on-postgres/--on-file", help="Where Temporal keeps its data. [short: a file]")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed breaks the same things.")] = 12345,
    as_json: Annotated[bool, typer.Option("--json", help="The outcome as the last line, in JSON.")] = False,
) -> None:
    """Play a drill on a hotline of its own, never on a running one. Exit 1 when a promise did not hold, 2 when all
    that were played held and one could not be played here."""
    unknown = [name for name in names if name not in DRILLS and name != _ALL]
    if unknown:
        raise typer.BadParameter(f"there is no drill {unknown[0]}", param_hint="NAMES")
    asked = {"kills": kills, "minutes": minutes, "rate": rate, "on_postgres": on_postgres}
    form = replace(_SHORT if short else Form(), seed=seed, **{k: v for k, v in asked.items() if v is not None})
    chosen = [drill for name, drill in DRILLS.items() if name in names or _ALL in names]
    began = time.monotonic()
    outcomes = _played(chosen, form, Settings())
    _tell(outcomes)
    if as_json:
        print(json.dumps(_account(outcomes, form, time.monotonic() - began), ensure_ascii=False), flush=True)
    if not all(outcome.held for outcome in outcomes):
        raise typer.Exit(1 if any(not outcome.held and not outcome.not_run for outcome in outcomes) else 2)


def _played(chosen: list[Drill], form: Form, settings: Settings) -> list[Outcome]:
    """The short form shares a hotline among drills that need no disk of their own, one with a relay that works and one
    without; the long form gives each a fresh one, so that figures do not depend on what was drilled before."""
    shared = [drill for drill in chosen if form.short and not drill.small_disk]
    alike = [[drill for drill in shared if drill.relay_works is works] for works in (True, False)]
    alone = [[drill] for drill in chosen if drill not in shared]
    return [outcome for drills in (*alike, *alone) if drills for outcome in _on_one_ground(drills, form, settings)]


def _on_one_ground(drills: list[Drill], form: Form, settings: Settings) -> list[Outcome]:
    folder = settings.home.resolve() / "drill"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with _site(folder, settings, form, drills) as site, ground(site) as made:
            return _in_turn(drills, made, form, folder)
    except NoSmallDisk as reason:
        return [Outcome(drill.name, drill.about, not_run=str(reason)) for drill in drills]
    except LocalFailure as failure:
        return [_broken_off(drill, f"no ground: {failure}") for drill in drills]


def _in_turn(drills: list[Drill], made: Ground, form: Form, folder: Path) -> list[Outcome]:
    """Each on the same ground, until one breaks off and leaves it as it is; the figures of the others are told."""
    outcomes: list[Outcome] = []
    for place, drill in enumerate(drills):
        try:
            outcomes.append(_one(drill, made, form, folder))
        except Exception as failure:
            _screen.print_exception()
            outcomes.append(_broken_off(drill, f"broke off: {type(failure).__name__} {failure}"))
            after = drills[place + 1 :]
            return [*outcomes, *(_broken_off(each, f"not played: {drill.name} broke off") for each in after)]
    return outcomes


def _broken_off(drill: Drill, why: str) -> Outcome:
    return Outcome(drill.name, drill.about, unexpected=[why])


def _one(drill: Drill, made: Ground, form: Form, folder: Path) -> Outcome:
    _say(f"{drill.name}: {drill.about}")
    try:
        return asyncio.run(played(drill, made, form, folder, _say))
    except NoWrongClock as reason:
        return Outcome(drill.name, drill.about, not_run=str(reason))


@contextmanager
def _site(folder: Path, settings: Settings, form: Form, drills: list[Drill]) -> Generator[Site, None, None]:
    """A home of its own for one ground, reachable by the database's user; its logs are kept."""
    first = drills[0]
    logs = folder / "logs" / first.name
    home = Path(tempfile.mkdtemp(prefix="hotline-drill-"))
    home.chmod(0o755)
    try:
        yield Site(home, folder / "classifier", settings, _say, first.small_disk, form.on_postgres, first.relay_works)
    finally:
        if (home / "logs").exists():
            shutil.rmtree(logs, ignore_errors=True)
            shutil.copytree(home / "logs", logs)
        shutil.rmtree(home, ignore_errors=True)


def _account(outcomes: list[Outcome], form: Form, seconds: float) -> dict[str, object]:
    return {
        "drills": [outcome.told() for outcome in outcomes],
        "held": all(outcome.held for outcome in outcomes),
        "not_run": [outcome.name for outcome in outcomes if outcome.not_run],
        "form": "short" if form.short else "long",
        "engine": "PostgreSQL" if form.on_postgres else "SQLite file",
        "seconds": round(seconds, 1),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load_average": [round(each, 1) for each in os.getloadavg()],
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _tell(outcomes: list[Outcome]) -> None:
    table = Table(
        "drill", "accepted", "applied", "lost", "doubled", "mismatches", "clocks missed", "recovery s", "held"
    )
    for outcome in outcomes:
        found = outcome.count
        figures = (found.accepted, found.applied, found.lost, found.doubled, found.journal_mismatches)
        cells = (*figures, found.clocks_missed, outcome.recovery_s)
        table.add_row(outcome.name, *map(str, cells), outcome.not_run or ("yes" if outcome.held else "NO"))
    _screen.print(table)
    for outcome in outcomes:
        for line in (*outcome.unexpected, *outcome.count.faults[:20]):
            _screen.print(f"{outcome.name}: {line}", style="red", highlight=False, soft_wrap=True)


def _say(line: str) -> None:
    _screen.print(line, style="dim", highlight=False, soft_wrap=True)
