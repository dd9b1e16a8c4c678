"""What one process shows of itself while it runs, set up in one place."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from store.connection import Listener, Pool
from telemetry.engine import use_runtime
from telemetry.export import export_traces, exporting
from telemetry.page import served
from telemetry.registry import CONNECTIONS, MOST_CONNECTIONS
from telemetry.statements import hear


@dataclass(frozen=True, slots=True)
class Shown:
    """Where and how much. `port` None: no figures; `traced` None: no traces, else the share of complaints."""

    host: str
    port: int | None
    traced: float | None
    json_logs: bool


@contextmanager
def shown(process: str, what: Shown) -> Generator[None, None, None]:
    """Figures served and traces sent for as long as the block lasts. Comes before the first client of Temporal."""
    with ExitStack() as held:
        if what.traced is not None:
            held.callback(export_traces(process, what.traced).shutdown)
        figures = use_runtime(json_logs=what.json_logs, figures=what.port is not None)
        if what.port is not None:
            held.enter_context(served(what.host, what.port, figures))
        yield


def listener() -> Listener | None:
    """What a pool tells its statements to; None when nobody listens."""
    return hear if exporting() else None


def watch(pool: Pool, name: str) -> None:
    """Tell the use of this pool with every scrape."""
    CONNECTIONS.labels("idle", name).set_function(pool.get_idle_size)
    CONNECTIONS.labels("used", name).set_function(lambda: pool.get_size() - pool.get_idle_size())
    MOST_CONNECTIONS.labels(name).set_function(pool.get_max_size)
