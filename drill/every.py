"""All drills by name, in the order in which `all` plays them."""

from drill import killing
from drill.load import Pace
from drill.play import Drill
from drill.scene import Form


def _peak(form: Form) -> Pace:
    """The rate asked for; the share of urgent ones is the city's."""
    return Pace(3, 3, 0.6) if form.short else Pace(form.rate, form.rate / 8, 0.02)


DRILLS = {
    drill.name: drill
    for drill in (
        Drill("kill", "kill -9 of worker, API, relay, Temporal, PostgreSQL, in order and at random", killing.kill),
        Drill("temporal-away", "Temporal away under full load, then back", killing.temporal_away, _peak),
        Drill("database-cut", "connections to PostgreSQL cut, PostgreSQL restarted", killing.cut),
    )
}
