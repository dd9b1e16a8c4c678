"""A compiled engine is whole or not there; two clones do not compile at once. Go is played by a script."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from local.build import SERVER, UI, built, go_install
from local.failure import LocalFailure
from tests.local.processes import until, working_below

Say = Callable[[str], None]
_MAKES = 'printf "#!/bin/sh\\necho made\\n" > "$GOBIN/server" && chmod +x "$GOBIN/server"'


@pytest.fixture
def go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Put a `go` on PATH that runs the given shell lines; the file that counts its runs."""
    programs, runs = folder / "programs", folder / "runs"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")

    def play(lines: str) -> Path:
        script = programs / "go"
        script.write_text(f'#!/bin/sh\necho "$@" >> {runs}\n{lines}\n')
        script.chmod(0o755)
        return runs

    return play


def test_it_is_compiled_once_and_found_from_then_on(folder: Path, go: Callable[[str], Path], say: Say) -> None:
    runs = go(_MAKES)
    program = go_install(SERVER, folder, say)
    assert go_install(SERVER, folder, say) == program == built(SERVER, folder)
    assert runs.read_text().count("install") == 1


def test_the_long_build_says_what_it_does_how_long_it_takes_and_what_to_do_instead(
    folder: Path, go: Callable[[str], Path], say: Say, said: list[str]
) -> None:
    go(_MAKES)
    go_install(SERVER, folder, say)
    assert "compiling temporal-server 1.32.0" in said[0]
    assert "about 8 minutes on 2 cores" in said[0]
    assert "TEMPORAL_ADDRESS" in said[0]
    assert said[-1].startswith("compiled temporal-server 1.32.0 in ")


def test_the_build_is_told_the_version_and_the_tags(folder: Path, go: Callable[[str], Path], say: Say) -> None:
    runs = go(_MAKES)
    go_install(SERVER, folder, say)
    assert "-tags disable_grpc_modules go.temporal.io/server/cmd/server@v1.32.0" in runs.read_text()


def test_a_failed_build_tells_the_reason_and_leaves_nothing(folder: Path, go: Callable[[str], Path], say: Say) -> None:
    go("echo half > $GOBIN/server; echo 'no such module' >&2; exit 1")
    with pytest.raises(LocalFailure, match="no such module"):
        go_install(UI, folder, say)
    assert built(UI, folder) is None
    assert [path.name for path in (folder / "engine").iterdir()] == ["build.lock"]


def test_without_go_the_failure_names_it(folder: Path, monkeypatch: pytest.MonkeyPatch, say: Say) -> None:
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(LocalFailure, match="no `go` on PATH"):
        go_install(SERVER, folder, say)


@pytest.mark.parametrize(
    ("how", "compiles"),
    [
        (signal.SIGTERM, "sleep 60; true"),  # a compiler of Go's: the whole group has to go
        (signal.SIGINT, "sleep 60; true"),
        (signal.SIGKILL, "exec sleep 60"),  # the kernel ends Go for us, and its compilers when they are done
    ],
)
def test_an_interrupted_build_is_not_taken_for_a_whole_one_and_stops(
    folder: Path, go: Callable[[str], Path], say: Say, how: signal.Signals, compiles: str
) -> None:
    runs = go(f'cd "$GOBIN"; echo half > server; {compiles}')
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from local.build import UI, go_install\n"
        "from local.calm import ending_in_order\n"
        "with ending_in_order():\n"
        "    go_install(UI, Path(sys.argv[1]), print)\n"
    )
    building = subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert until(lambda: runs.exists() and any(folder.glob("engine/temporal-ui-*/server")))
    building.send_signal(how)
    assert building.wait(10) != 0
    assert until(lambda: working_below(folder) == [])
    assert built(UI, folder) is None
    go(_MAKES)
    assert go_install(UI, folder, say) == built(UI, folder)
    assert sorted(path.name for path in (folder / "engine").iterdir()) == ["build.lock", "temporal-ui-2.54.1"]


def test_a_second_clone_waits_for_the_first_and_takes_its_build(
    folder: Path, go: Callable[[str], Path], say: Say
) -> None:
    runs = go(_MAKES)
    (folder / "engine").mkdir()
    found: list[Path] = []
    with (folder / "engine" / "build.lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        second = threading.Thread(target=lambda: found.append(go_install(UI, folder, say)))
        second.start()
        time.sleep(0.3)
        assert second.is_alive()
        program = UI.program(folder)
        program.parent.mkdir()
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    second.join(5)
    assert found == [program]
    assert not runs.exists()


def test_the_cache_can_be_shared_by_builds_of_both_programs(folder: Path, go: Callable[[str], Path], say: Say) -> None:
    go(_MAKES)
    assert os.path.commonpath([go_install(UI, folder, say), go_install(SERVER, folder, say)]) == str(folder / "engine")
