"""All drills by name, in the order in which `all` plays them."""

from functools import partial

from drill import bugs, bursts, database, killing, notices, workers
from drill.load import Pace
from drill.play import Drill
from drill.scene import Form


def _peak(form: Form) -> Pace:
    """The rate asked for; the share of urgent ones is the city's."""
    return Pace(2, 2, 0.4) if form.short else Pace(form.rate, form.rate / 8, 0.02)


def _gusty(form: Form) -> Pace:
    """Calm at first, with enough urgent ones among them to be judged."""
    return Pace(1, form.seconds(1, 4), 0.1 if form.short else 0.02, urgent=0.1)


def _many(form: Form) -> Pace:
    """Hardly any that are closed at once, so that thousands are under way."""
    return Pace(2, 2, 0.4) if form.short else Pace(12, 4, 0.02, consultations=0.1)


_ringing = partial(Drill, stands_still=False)

DRILLS = {
    drill.name: drill
    for drill in (
        Drill("kill", "kill -9 of worker, API, relay, Temporal, PostgreSQL, in order and at random", killing.kill),
        Drill("temporal-away", "Temporal away under full load, then back", killing.temporal_away, _peak),
        Drill("database-cut", "connections to PostgreSQL cut, PostgreSQL restarted", killing.cut),
        Drill("database-slow", "every packet to PostgreSQL late, then none for a while", database.slow),
        _ringing("clock-jump", "the clock of worker and relay set wrong while they run", workers.clock_jumps),
        _ringing("worker-hangs", "one of two workers stopped by SIGSTOP", workers.hangs, relay_works=False),
        Drill("deadlock", "a workflow computes for ever; the deadlock detector", bugs.deadlock, relay_works=False),
        Drill("poison", "a bug that one complaint meets, and the mended worker", bugs.poison, relay_works=False),
        _ringing("crowd", "two relays and three workers at once, one of each killed", workers.crowd, relay_works=False),
        _ringing("deploy", "releases side by side, complaints under way", workers.deploy, _many, relay_works=False),
        _ringing("receiver", "a receiver down, slow, broken, forgetful", notices.ill_receivers, listens=False),
        _ringing("bursts", "1, 35, 1, 100 and 1 complaints a second", bursts.bursts, _gusty),
        Drill("disk-full", "the database's disk full, then room again", database.disk_full, small_disk=True),
    )
}
