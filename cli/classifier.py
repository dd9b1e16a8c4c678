"""`hotline classifier`: how good its proposals are, and what it learns from the seats."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from classifier.labelled import LabelledText, read_labelled
from classifier.parts import Parts
from classifier.promotion import comparison_table
from classifier.report import cross_validate, table
from classifier.thresholds import Thresholds
from config.settings import Settings
from rulebook.files import load
from store.connection import open_pool
from vault.seal import Vault
from workers import learning
from workers.ground import is_stale, ready_model, remembered
from workers.home import addresses, key_ring, model_folder
from workers.learning import Learnt, Lesson

app = typer.Typer(help="The classifier: figures, learning from confirmed tickets.", no_args_is_help=True)
_console = Console(highlight=False, soft_wrap=True)
_Most = Annotated[int | None, typer.Option(min=0, help="Show at most so many items.")]


@app.command()
def train(
    from_tickets: Annotated[
        bool, typer.Option("--from-tickets/--from-corpus", help="Learn from confirmed tickets too, or from none.")
    ] = True,
    promote: Annotated[bool, typer.Option("--promote", help="Put the candidate in use even if not better.")] = False,
    most: _Most = 20,
) -> None:
    """Make a candidate, compare it with the model in use on held-out tickets, and put it in use if it is better."""
    settings = Settings()
    folder = model_folder(settings)
    corpus, parts = _material(settings)
    lesson = asyncio.run(_read(settings, parts))
    _tell_lesson(lesson)
    given = lesson if from_tickets else Lesson(held_out=lesson.held_out)
    _say(f"正在训练：语料 {len(corpus)} 条，工单 {len(given.learnt)} 条")
    learnt = learning.learn(corpus, given, folder, thresholds=_thresholds(settings), promote=promote)
    if learnt.comparison is not None:
        _say(comparison_table(learnt.comparison, _names(parts), most))
    _tell_outcome(learnt, settings)


@app.command()
def report(most: _Most = None) -> None:
    """Figures of the shipped corpus, each text proposed by a model that had not seen it; weakest items first."""
    settings = Settings()
    corpus, parts = _material(settings)
    figures = cross_validate(corpus, parts.items, parts.places, threshold=_thresholds(settings).sure)
    _say(table(figures, _names(parts), most))


@app.command("put-back")
def put_back() -> None:
    """Exchange the model in use and the former one."""
    settings = Settings()
    version = learning.put_back(model_folder(settings))
    _say(f"已换回模型 {version}；运行中的 worker 重启后生效")


def _material(settings: Settings) -> tuple[tuple[LabelledText, ...], Parts]:
    """The corpus, and the model in use as far as it is given: catalogue and places. Made first where it is missing."""
    folder = model_folder(settings)
    ready_model(settings.policy, folder, _say, _remembered(settings, folder))
    return read_labelled((settings.policy / "corpus").glob("*.csv")), learning.parts_in_use(folder)


def _remembered(settings: Settings, folder: Path) -> tuple[LabelledText, ...]:
    """What a model that is trained again had learnt from tickets; the database is needed for nothing else."""
    if not is_stale(settings.policy, folder) or not learning.knows_tickets(folder):
        return ()
    return asyncio.run(remembered(addresses(settings)[0], settings.policy, folder, Vault(key_ring(settings))))


def _thresholds(settings: Settings) -> Thresholds:
    """Where the newest policy files draw the lines."""
    book = load(settings.policy)[-1]
    return Thresholds(sure=book.limits.confirm_below / 1000, alarm=book.house.alarm_at / 1000)


def _names(parts: Parts) -> dict[str, str]:
    return {item.code: item.level3 for item in parts.items}


async def _read(settings: Settings, parts: Parts) -> Lesson:
    vault = Vault(key_ring(settings))
    async with await open_pool(addresses(settings)[0], most=2) as pool:
        return await learning.read_lesson(pool, vault, frozenset(item.code for item in parts.items))


def _tell_lesson(lesson: Lesson) -> None:
    _say(
        f"座席确认过的工单：学习 {len(lesson.learnt)} 条，留检 {len(lesson.held_out)} 条，"
        f"其中事项或地点经更正 {lesson.corrected} 条"
    )
    if lesson.unknown_item or lesson.unopened:
        _say(f"未用：事项已不在目录 {lesson.unknown_item} 条，密钥缺失或不符 {lesson.unopened} 条")


def _tell_outcome(learnt: Learnt, settings: Settings) -> None:
    for objection in learnt.objections:
        _say(f"· {objection}")
    if learnt.promoted:
        _say(f"已启用模型 {learnt.candidate}；运行中的 worker 重启后生效。原模型留在 {_former(settings)}")
    else:
        _say(f"候选 {learnt.candidate} 未启用，在用模型不变")


def _former(settings: Settings) -> str:
    return str(learning.former(model_folder(settings)))


def _say(line: str) -> None:
    _console.print(line, markup=False)
