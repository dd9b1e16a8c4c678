"""Run as a script: hold a stack until told to end. Arguments: HOME CACHE.

Prints one line of JSON with the children's pids once everything is up.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path

from local.failure import LocalFailure
from local.stack import Stack


def main() -> int:
    """Hold the stack; 3 with the message on stderr when it cannot be had."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it is ignored, and children inherit that
    home, cache = map(Path, sys.argv[1:])
    try:
        with Stack(home, say=lambda _: None, cache=cache) as stack:
            print(json.dumps({child.name: child.pid for child in stack.children}), flush=True)
            time.sleep(120)
    except LocalFailure as failure:
        print(failure, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
