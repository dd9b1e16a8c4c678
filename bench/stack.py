"""What every bench stands on: the whole hotline on this machine, with Temporal's data in PostgreSQL."""

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager

from config.settings import Settings
from local.home import Home
from local.pidfile import end_all_left_behind
from local.port import Ports
from local.postgres_place import discard
from workers.running import Running, running


@contextmanager
def bench_stack(
    settings: Settings, say: Callable[[str], None], *, workers: int = 1, split: bool = False, keep: bool = False
) -> Generator[Running, None, None]:
    """PostgreSQL, Temporal on it (4 shards, limits raised), `workers` workers, relay, notices and API, for as long as
    the block lasts: the processes of `hotline up`, supervised alike, in a home of their own (`HOTLINE_HOME`/bench) and
    on free ports. Logs lie in its `logs/`.

    `split` makes two processes of Temporal, `temporal` (front end and history) and `temporal-matching-worker`.

    The database is empty at the start and gone at the end; `keep` leaves it, and goes on with one that was left.
    `Running.stack.children` are the processes (`postgres`, `temporal`, `worker-1`, …, `relay`, `notices`, `api`), for
    `bench.processes` to read and for whoever wants to kill one. Must be entered in the main thread.
    """
    home = Home(settings.home / "bench")
    if not keep:
        _clear(home)
    own = settings.model_copy(
        update={
            "home": home.root,
            "workers": workers,
            "database_url": None,
            "temporal_address": None,
            "api_port": Ports(home.ports).take("bench-api"),
        }
    )
    with ExitStack() as held:
        yield held.enter_context(running(own, say, ui=False, on_postgres=True, split=split, keep=keep))


def _clear(home: Home) -> None:
    """Away with what a run that was killed has left behind."""
    with home.held():
        end_all_left_behind(home.pids)
        discard(home)
