"""Structured logs to standard error: ticket numbers, codes and instants; never a name, a phone or a sentence."""

import logging
import sys
from types import TracebackType
from typing import Literal

import structlog

from config.log_lines import discreet_error, ticket_of_workflow

_log = structlog.stdlib.get_logger(__name__)


def set_up(shape: Literal["console", "json"]) -> None:
    """Send our own logs and those of libraries through structlog."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
        ticket_of_workflow,
    ]
    renderer = structlog.processors.JSONRenderer() if shape == "json" else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    processors: list[structlog.typing.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        discreet_error,
        renderer,
    ]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=processors))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    sys.excepthook = _last_words
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)


def _last_words(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    """What ends a process is a line like any other."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
    else:
        _log.critical("ended", exc_info=error)
