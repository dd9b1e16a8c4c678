"""A process whose clock can be set wrong while it runs, as on a machine whose time is set by hand."""

import shutil
import struct
import subprocess
import sys
from pathlib import Path

_SOURCE = Path(__file__).with_name("clock_shim.c")


class NoWrongClock(Exception):
    """The clock cannot be set wrong for one process here; the text says why."""


class WrongClock:
    """An offset, and the environment in which a process lives with it."""

    def __init__(self, folder: Path) -> None:
        """Compile the shim into `folder`. Raises NoWrongClock without Linux or a C compiler."""
        compiler = shutil.which("cc") or shutil.which("gcc")
        if sys.platform != "linux" or compiler is None:
            raise NoWrongClock("setting one process's clock wrong needs Linux and a C compiler")
        shim = folder / "clock_shim.so"
        made = subprocess.run(
            [compiler, "-shared", "-fPIC", "-O2", "-o", shim, _SOURCE], capture_output=True, text=True, check=False
        )
        if made.returncode != 0:
            raise NoWrongClock(f"the clock shim does not compile: {made.stderr.strip()}")
        self._file = folder / "clock_offset"
        self.set(0)
        self.env = {"LD_PRELOAD": str(shim), "DRILL_CLOCK": str(self._file)}

    def set(self, seconds: int) -> None:
        """From now on the process takes it to be so much later than it is."""
        with self._file.open("r+b" if self._file.exists() else "w+b") as file:
            file.write(struct.pack("l", seconds))
