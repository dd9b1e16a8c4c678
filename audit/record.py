"""What the load was promised, on disk: one line before a request leaves, one when it is answered.

The count at the end reads this file and believes nothing else that the load remembers.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TextIO

INTAKE = "intake"


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that is about to leave, known by its Idempotency-Key. An intake has no ticket number yet."""

    key: str
    action: str
    ticket_no: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A request that was acknowledged with 200, 201 or 202."""

    key: str
    status: int
    ticket_no: str
    command_id: str = ""


@dataclass
class Told:
    """A record as read back: what was sent, and what was promised, each by its key."""

    sent: dict[str, Sent] = field(default_factory=dict[str, Sent])
    promised: dict[str, list[Promise]] = field(default_factory=dict[str, list[Promise]])

    @property
    def tickets(self) -> set[str]:
        """Every ticket number that was given out."""
        return {promise.ticket_no for promises in self.promised.values() for promise in promises}

    def promises(self, *, intake: bool) -> Iterator[tuple[Sent, list[Promise]]]:
        """What was promised to intakes, or to actions."""
        for key, promises in self.promised.items():
            if (self.sent[key].action == INTAKE) is intake:
                yield self.sent[key], promises


class Record:
    """Open for writing. Every line is handed to the system at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: TextIO = path.open("w", encoding="utf-8")

    def sent(self, sent: Sent) -> None:
        """Before the request leaves."""
        self._write("sent", asdict(sent))

    def promised(self, promise: Promise) -> None:
        """When it is acknowledged; the same key may be acknowledged more than once."""
        self._write("promised", asdict(promise))

    def close(self) -> None:
        """Nothing more is written."""
        self._file.close()

    def _write(self, what: str, facts: dict[str, object]) -> None:
        self._file.write(json.dumps({"what": what, **facts}, ensure_ascii=False) + "\n")
        self._file.flush()


def read(path: Path) -> Told:
    """The record, whole."""
    told = Told()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            facts = json.loads(line)
            if facts.pop("what") == "sent":
                told.sent[facts["key"]] = Sent(**facts)
            else:
                told.promised.setdefault(facts["key"], []).append(Promise(**facts))
    return told
