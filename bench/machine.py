"""What it was measured on."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from domain.calendar import BEIJING
from local.build import SERVER


def machine() -> dict[str, object]:
    """Processors, memory, versions, the day, and how much was running already."""
    return {
        "measured_at": datetime.now(UTC).astimezone(BEIJING).isoformat(timespec="minutes"),
        "processors": len(os.sched_getaffinity(0)),
        "processor": _first("/proc/cpuinfo", "model name"),
        "memory_gb": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1),
        "python": platform.python_version(),
        "temporal": SERVER.version,
        "temporalio": version("temporalio"),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _first(file: str, name: str) -> str:
    lines = Path(file).read_text(errors="replace").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
