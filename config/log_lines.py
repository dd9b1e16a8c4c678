"""What becomes of a log line before it is written: it names its ticket, and its error quotes nobody."""

import sys
import traceback
from collections.abc import Mapping
from typing import Any, cast

from structlog.typing import EventDict, WrappedLogger

_OF_WORKFLOWS = ("temporal_activity", "temporal_workflow")
_QUOTING = ("asyncpg", "pydantic", "pydantic_core")
"""Whose errors repeat the value that does not fit: it may be somebody's name."""


def ticket_of_workflow(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    """A line of Temporal's SDK about a workflow is about the complaint of that number."""
    for kind in _OF_WORKFLOWS:
        told = getattr(line.get("_record"), kind, None)
        if isinstance(told, Mapping):
            line.setdefault("ticket_no", cast("Mapping[str, Any]", told).get("workflow_id"))
    return line


def discreet_error(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    """An error as text: where it was raised, its type, and its message unless it may quote what somebody said."""
    given: object = line.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = cast("tuple[object, ...]", given)[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        line["exception"] = "\n\n".join(_told(each) for each in _chain(error))
    return line


def may_quote(error: BaseException) -> bool:
    """Whether its message may repeat what somebody said."""
    return type(error).__module__.partition(".")[0] in _QUOTING


def _chain(error: BaseException) -> list[BaseException]:
    """What led to it, the first cause first."""
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found:
        found.append(following)
        if isinstance(following, BaseExceptionGroup):
            found.extend(cast("BaseExceptionGroup[BaseException]", following).exceptions)
        hidden = following.__suppress_context__
        following = following.__cause__ or (None if hidden else following.__context__)
    return found[::-1]


def _told(error: BaseException) -> str:
    kind = type(error)
    where = "".join(traceback.format_tb(error.__traceback__))
    return f"{where}{kind.__module__}.{kind.__qualname__}" + ("" if may_quote(error) else f": {error}")
