"""The note that a run leaves about each child, so that the next run can end what a killed one left behind."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from pathlib import Path

from local.process import Process

_GRACE = 15.0  # seconds for the orderly end of a process left behind


@dataclass(frozen=True)
class PidFile:
    """One child's file: which process it is, and which signal ends it in an orderly way."""

    path: Path

    def write(self, process: Process, stop_signal: signal.Signals) -> None:
        """Write it whole or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps({"pid": process.pid, "born": process.born, "stop": int(stop_signal)}))
        fresh.replace(self.path)

    def end_left_behind(self) -> bool:
        """Stop the recorded process if that very one still runs; whether there was one. The file goes."""
        try:
            noted = json.loads(self.path.read_text())
            process = Process(int(noted["pid"]), str(noted["born"]))
            stop_signal = signal.Signals(int(noted["stop"]))
        except FileNotFoundError:
            return False
        except (ValueError, KeyError, TypeError):
            self.remove()  # cut short by a crash: it names nobody
            return False
        lived = process.lives()
        process.end(stop_signal, _GRACE)
        self.remove()
        return lived

    def remove(self) -> None:
        """Forget the process."""
        self.path.unlink(missing_ok=True)


def end_all_left_behind(folder: Path) -> list[str]:
    """Stop all that a killed run left behind, as noted in ``folder``; the names of those that still ran."""
    return [path.stem for path in sorted(folder.glob("*.json")) if PidFile(path).end_left_behind()]
