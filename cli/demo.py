"""`hotline demo`: the main job on real input, played by a simulated city over the real HTTP API."""

import asyncio
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table

from config.settings import Settings
from demo.messages import read, shipped
from demo.play import Play, Script, Told
from workers.running import Running, running, stay_up

_screen = Console(stderr=True)


def demo(
    complaints: Annotated[int, typer.Option(min=1, help="How many of the shipped corpus.")] = 200,
    input: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A CSV with a column text.")] = None,  # noqa: A002
    seconds: Annotated[float | None, typer.Option(min=1, help="In how long they all come in.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed plays the same piece.")] = 12345,
    exit: Annotated[bool, typer.Option("--exit", help="End by itself.")] = False,  # noqa: A002
    as_json: Annotated[bool, typer.Option("--json", help="The account as the last line, in JSON.")] = False,
) -> None:
    """Play a city: calls come in, units and seats act over HTTP, 15-day lives pass while you watch."""
    settings = _apart(Settings())
    messages = read(input) if input else shipped(settings.policy / "corpus", complaints, seed)
    script = Script(messages, seconds or len(messages) / 8, seed)
    with running(settings, _say, time_skipping=True) as hotline:
        _say(f"API {hotline.api_url}/docs · Temporal UI {hotline.ui_url}")
        told = _performed(hotline, script)
        _tell(told, hotline)
        if as_json:
            print(json.dumps(asdict(told.account), ensure_ascii=False), flush=True)
        if not exit:
            _say("everything stays up until Ctrl-C")
            stay_up()
    if told.account.lost or told.account.journal_mismatches:
        raise typer.Exit(1)


def _apart(settings: Settings) -> Settings:
    """A home and servers of the demo's own: it plays every open complaint that it finds to its end."""
    home = settings.home.resolve() / "demo"
    _say(f"the demo's own home: HOTLINE_HOME={home}")
    return settings.model_copy(update={"home": home, "database_url": None, "temporal_address": None})


def _performed(hotline: Running, script: Script) -> Told:
    began = time.monotonic()
    if not _screen.is_terminal:
        told = asyncio.run(Play(hotline, script, lambda _: None).perform())
    else:
        with Live(console=_screen, refresh_per_second=4) as live:
            told = asyncio.run(Play(hotline, script, live.update).perform())
    _say(f"played in {time.monotonic() - began:.0f} s")
    return told


def _tell(told: Told, hotline: Running) -> None:
    table = Table("结果", "件数", title="办结情况")
    for outcome, count in told.account.by_outcome.items():
        table.add_row(outcome, str(count))
    _screen.print(table)
    for ticket_no, lines in told.timelines:
        _screen.print(f"\n[bold]{ticket_no}[/bold]")
        _screen.print("\n".join(f"  {line}" for line in lines), highlight=False, markup=False)
    _screen.print(f"\nTemporal UI {hotline.ui_url}\nAPI {hotline.api_url}/docs")


def _say(line: str) -> None:
    _screen.print(line, style="dim", highlight=False, soft_wrap=True)
