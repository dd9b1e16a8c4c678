"""`hotline bench`: what this machine carries, measured on a hotline of the command's own."""

import json
from collections.abc import Callable, Coroutine, Mapping
from typing import Annotated, Any, cast

import typer
import uvloop
from rich.console import Console
from rich.table import Table

from bench.arrivals import RECORD_PER_S
from bench.lifecycles import Measure, measure_bare, measure_lifecycles
from bench.machine import machine
from bench.memory import measure_memory
from bench.peak import Peak, measure_peak
from bench.scale import Scale, measure_scale
from bench.stack import bench_stack
from bench.timers import measure_timers
from config.settings import Settings
from workers.running import Running

app = typer.Typer(
    help="Benches: each sets up Temporal on PostgreSQL, measures, and takes it down again.", no_args_is_help=True
)
_screen = Console(stderr=True)
Told = dict[str, Any]
STEPS = (1_000, 100_000, 1_000_000)
"""Complaints that are stored, step by step, in `scale`."""

AsJson = Annotated[bool, typer.Option("--json", help="The figures as the last line, in JSON.")]
Workers = Annotated[int, typer.Option(min=1, help="Worker processes.")]
Count = Annotated[int, typer.Option(min=1, help="Lives in a round.")]
InFlight = Annotated[int, typer.Option(min=1, help="Lives at one time.")]
Rounds = Annotated[int, typer.Option(min=1, help="Rounds; the best counts.")]


@app.command()
def bare(
    count: Count = 400, in_flight: InFlight = 40, rounds: Rounds = 4, workers: Workers = 1, as_json: AsJson = False
) -> None:
    """This machine's ceiling: workflows that do nothing, started once and updated four times."""
    how = Measure(count, in_flight, rounds)

    async def measure(hotline: Running) -> Told:
        return (await measure_bare(hotline, how, say)).told()

    run("bare", measure, workers=workers, as_json=as_json)


@app.command()
def lifecycles(
    count: Count = 400, in_flight: InFlight = 40, rounds: Rounds = 4, workers: Workers = 1, as_json: AsJson = False
) -> None:
    """Ordinary complaints over HTTP from the call to the callback, in turns with `bare`."""
    how = Measure(count, in_flight, rounds)

    async def measure(hotline: Running) -> Told:
        return (await measure_lifecycles(hotline, how, say)).told()

    run("lifecycles", measure, workers=workers, as_json=as_json)


@app.command()
def timers(
    count: Annotated[int, typer.Option(min=1, help="Deadlines.")] = 10_000,
    in_flight: InFlight = 40,
    workers: Workers = 1,
    as_json: AsJson = False,
) -> None:
    """So many deadlines due within one minute: are all fired, once, and how late."""

    async def measure(hotline: Running) -> Told:
        return await measure_timers(hotline, count, in_flight, say)

    run("timers", measure, workers=workers, as_json=as_json)


@app.command()
def memory(
    count: Annotated[int, typer.Option(min=1, help="Complaints.")] = 1500,
    in_flight: InFlight = 40,
    workers: Workers = 1,
    as_json: AsJson = False,
) -> None:
    """Memory of the processes and bytes in the database, for an open complaint and for a closed one."""

    async def measure(hotline: Running) -> Told:
        return await measure_memory(hotline, count, in_flight, say)

    run("memory", measure, workers=workers, as_json=as_json)


@app.command()
def peak(
    minutes: Annotated[float, typer.Option(min=0.1, help="How long calls come; 60 for the whole hour.")] = 5.0,
    per_s: Annotated[float, typer.Option(min=0.1, help="Calls a second; the record is the default.")] = RECORD_PER_S,
    workers: Workers = 1,
    as_json: AsJson = False,
) -> None:
    """The record hour: calls in an open loop, acknowledged, taken up, counted; exit 1 when any is lost or doubled, or
    the backlog does not drain."""

    async def measure(hotline: Running) -> Told:
        return await measure_peak(hotline, Peak(minutes, per_s), say)

    told = run("peak", measure, workers=workers, as_json=as_json)
    wrong = told["lost"] or told["duplicated"] or told["journal_mismatches"]
    if wrong or told["acknowledged"] < told["calls"] or told["drained_s"] is None:
        raise typer.Exit(1)


@app.command()
def scale(
    stored: Annotated[list[int] | None, typer.Option(min=1, help="Closed complaints, step by step.")] = None,
    still_open: Annotated[int, typer.Option("--open", min=1, help="Open complaints, all the time.")] = 100_000,
    workers: Workers = 1,
    as_json: AsJson = False,
) -> None:
    """What intake, an action, lists, search and whole lives cost while ever more complaints are stored."""
    how = Scale(sorted(stored or STEPS), still_open)

    async def measure(hotline: Running) -> Told:
        return await measure_scale(hotline, how, say)

    run("scale", measure, workers=workers, as_json=as_json)


def run(name: str, measure: Callable[[Running], Coroutine[Any, Any, Told]], *, workers: int, as_json: bool) -> Told:
    """Measure on a fresh stack and tell it: a table for people, one JSON object for programs."""
    before = machine()
    with bench_stack(Settings(), say, workers=workers) as hotline:
        told: Told = {"bench": name, **uvloop.run(measure(hotline)), "workers": workers, "machine": before}
    _tell(told)
    if as_json:
        print(json.dumps(told, ensure_ascii=False), flush=True)
    return told


def say(line: str) -> None:
    """A line for whoever watches."""
    _screen.print(line, style="dim", highlight=False, soft_wrap=True, markup=False)


def _tell(told: Mapping[str, Any]) -> None:
    table = Table("figure", "value", title=str(told["bench"]))
    for name, value in told.items():
        table.add_row(name, _shown(value))
    _screen.print(table, highlight=False, markup=False)


def _shown(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    return "\n".join(f"{name} {figure}" for name, figure in cast(Told, value).items())
