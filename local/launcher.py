"""Run as a script: become the child. Drops the user, ties the child's life to its parent's, then executes it.

Arguments: PARENT_PID DEATH_SIGNAL UID GID NICENESS COMMAND [ARGUMENT ...]; UID and GID -1 keep the present user.

A script and not a ``preexec_fn``: code between fork and exec can hang in a process with threads. The order is
the point: changing the user clears the kernel's parent-death signal, so it is asked for afterwards.
"""

import ctypes
import os
import signal
import sys
import time

_PR_SET_PDEATHSIG = 1
_GROUP = "/proc/self/autogroup"
_TRIES = 50  # an unprivileged process may say it ten times a second, all of them together


def main(argv: list[str]) -> int:
    """Execute the command; 127 with a line on stderr when that is not possible."""
    parent, death_signal, uid, gid, niceness = (int(word) for word in argv[:5])
    command = argv[5:]
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:
        return 127  # the parent went before the tie was made
    if niceness:
        _yield(niceness)
    # A shell's background job ignores Ctrl-C, and would hand that down.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        os.execv(command[0], command)
    except OSError as failure:
        print(f"{command[0]}: {failure.strerror}", file=sys.stderr)
        return 127


def _yield(niceness: int) -> None:
    """Be nicer, and our session with us: a kernel that groups by session heeds no niceness between sessions."""
    os.nice(niceness)
    for _ in range(_TRIES):
        try:
            with open(_GROUP, "w") as group:
                group.write(str(niceness))
        except BlockingIOError:
            time.sleep(0.1)
        except OSError:
            return  # a kernel without such groups: niceness alone does it
        else:
            return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
