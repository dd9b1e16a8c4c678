"""Anybody does anything at any time, clocks ring late or in time, and what has to hold of a complaint always holds.

What holds is asserted at every step: see tests/domain/holding.py, walking.py and town.py."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from domain.events import EVENTS
from tests.domain.city import when
from tests.domain.moves import Each, Pick
from tests.domain.town import Town

STARTS = st.timedeltas(timedelta(), timedelta(days=3 * 365)).map(lambda passed: when("2024-01-01") + passed)
A_FEW = 4


def _drawing(data: st.DataObject) -> Pick:
    def pick(among: Sequence[Each], /) -> Each:
        return data.draw(st.sampled_from(among))

    return pick


class LifeInATown(RuleBasedStateMachine):
    """A few complaints, from their triage to wherever people, clocks and each other take them."""

    town: Town

    @initialize(start=STARTS, data=st.data())
    def somebody_calls_first(self, start: object, data: st.DataObject) -> None:
        assert isinstance(start, type(when("2024-01-01")))
        self.town = Town(start)
        self.town.somebody_calls(_drawing(data))

    @precondition(lambda self: len(self.town.walks) < A_FEW)
    @rule(data=st.data())
    def somebody_calls(self, data: st.DataObject) -> None:
        self.town.somebody_calls(_drawing(data))

    @precondition(lambda self: self.town.open)
    @rule(data=st.data())
    def somebody_does_what_fits(self, data: st.DataObject) -> None:
        self.town.somebody_does_what_fits(_drawing(data))

    @precondition(lambda self: self.town.open)
    @rule(data=st.data())
    def somebody_goes_on_at_once(self, data: st.DataObject) -> None:
        self.town.somebody_does_what_fits(_drawing(data))
        if self.town.open:
            self.town.somebody_does_what_fits(_drawing(data))

    @rule(data=st.data())
    def anybody_does_anything(self, data: st.DataObject) -> None:
        self.town.anybody_does_anything(_drawing(data))

    @precondition(lambda self: self.town.open)
    @rule(data=st.data(), mood=st.integers(0, 9))
    def the_complainant_may_withdraw(self, data: st.DataObject, mood: int) -> None:
        if mood == 3:
            self.town.somebody_withdraws(_drawing(data))

    @rule(data=st.data())
    def time_passes_and_clocks_ring(self, data: st.DataObject) -> None:
        self.town.time_passes(_drawing(data))
        self.town.clocks_ring()

    @rule(data=st.data())
    def time_passes_before_anybody_looks(self, data: st.DataObject) -> None:
        self.town.time_passes(_drawing(data))

    @precondition(lambda self: self.town.open)
    @rule()
    def the_next_clock_rings_in_time(self) -> None:
        self.town.the_next_clock_rings()

    @precondition(lambda self: self.town.waiting)
    @rule(data=st.data())
    def one_complaint_hears_of_another(self, data: st.DataObject) -> None:
        self.town.one_hears(_drawing(data))

    def teardown(self) -> None:
        if hasattr(self, "town"):
            self.town.all_is_heard()
            self.town.is_as_its_journals_tell()


TestLifeInATown = LifeInATown.TestCase
TestLifeInATown.settings = settings(
    max_examples=80,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


TOWNS, COMPLAINTS, STEPS = 100, 20, 400
"""Some 1,500 complaints in all, with twenty steps for each."""


def _by_seed(seed: int) -> Pick:
    chance = random.Random(seed)

    def pick(among: Sequence[Each], /) -> Each:
        return among[chance.randrange(len(among))]

    return pick


def _lived(seed: int) -> Town:
    """A town that has lived through `STEPS` steps of chance."""
    pick = _by_seed(seed)
    before_a_new_year = [when(f"{year}-12-10") for year in (2024, 2025)]
    begin, days = pick(((when("2024-01-01"), 3 * 365), (pick(before_a_new_year), 20)))
    town = Town(begin + timedelta(minutes=pick(range(days * 24 * 60))))
    acts: list[Callable[[], None]] = [
        *[lambda: town.somebody_does_what_fits(pick)] * 20,
        *[lambda: town.anybody_does_anything(pick)] * 8,
        *[lambda: town.time_passes(pick)] * 2,
        *[town.clocks_ring] * 2,
        *[town.the_next_clock_rings] * 4,
    ]
    for _ in range(STEPS):
        if len(town.walks) < COMPLAINTS and (not town.open or not pick(range(STEPS // COMPLAINTS // 2))):
            town.somebody_calls(pick)
        if town.waiting and pick((False, True)):
            town.one_hears(pick)
        if not town.open:
            break
        pick(acts)()
    return town


def test_what_has_to_hold_holds_for_thousands_of_complaints() -> None:
    happened: Counter[str] = Counter()
    for seed in range(TOWNS):
        town = _lived(seed)
        town.all_is_heard()
        town.is_as_its_journals_tell()
        happened.update(row.kind for walk in town.walks.values() for row in walk.rows)
    assert happened.keys() == EVENTS.keys(), "whatever can happen has happened"
    assert happened["Classified"] > 1000
