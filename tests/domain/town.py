"""A town of complaints that hear of each other, as relay and engine would let them (R13)."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.actions import command_from
from domain.actor import HOTLINE
from domain.catalogue import DayKind, Duty, NotDispatched, Tier
from domain.commands import Command, ConfirmClassification, Withdraw
from domain.follow_up import FollowUp, main_end
from domain.grounds import Risk
from domain.lifecycle import Action, Stage
from domain.repeat import SAID
from domain.terms import Terms
from domain.triage import Emergency, Kind, Near, Triage
from tests.domain.city import DEPARTMENT, DISTRICT, PLATFORM, STREET, a_plan, a_triage, an_item, calendar, known_in
from tests.domain.city import terms as shipped
from tests.domain.moves import ANYBODY, BOTH, Pick, any_command, fitting
from tests.domain.walking import Walk

WAITS = [timedelta(minutes=length) for length in (1, 1, 20, 20, 59, 180, 180, 24 * 60, 24 * 60, 11 * 24 * 60)]
RARELY = (False,) * 9 + (True,)


class Town:
    """Some complaints at one time, and what they have told each other and not heard yet."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.walks: dict[str, Walk] = {}
        self.waiting: list[FollowUp] = []

    @property
    def open(self) -> list[Walk]:
        """Complaints that have not ended."""
        return [walk for walk in self.walks.values() if walk.is_open]

    # people

    def somebody_calls(self, pick: Pick) -> None:
        """A new complaint, which may be about the matter of an earlier one."""
        ticket_no = f"20260302{len(self.walks) + 1:07}"
        triage = some_triage(pick, some_terms(pick, self.now), self._near(pick))
        self.walks[ticket_no] = Walk(triage, self.now, ticket_no)
        self._collect(self.walks[ticket_no])

    def somebody_does_what_fits(self, pick: Pick) -> None:
        """To any open complaint."""
        walk = pick(self.open)
        who, command = pick(fitting(walk.state))
        self._act(walk, who, command)

    def anybody_does_anything(self, pick: Pick) -> None:
        """To any complaint, sometimes to one that has ended."""
        walk = pick(list(self.walks.values()) if pick(RARELY) or not self.open else self.open)
        command = any_command(pick)
        if isinstance(command, ConfirmClassification) and command.repeat_of:
            command = replace(command, repeat_of=pick(list(self.walks)))
        self._act(walk, pick(ANYBODY), command, some_terms(pick, self.now))

    def somebody_withdraws(self, pick: Pick) -> None:
        """One of the complainants."""
        self._act(pick(self.open), "complainant", Withdraw())

    # time

    def time_passes(self, pick: Pick) -> None:
        """And nobody looks."""
        self._wait(pick(WAITS))

    def clocks_ring(self) -> None:
        """All that have run out, however late."""
        for walk in self.open:
            walk.ring()
            self._collect(walk)

    def the_next_clock_rings(self) -> None:
        """The earliest of all, in time."""
        due = min(clock.due for walk in self.open for clock in walk.state.clocks)
        self._wait(max(due - self.now, timedelta()))
        self.clocks_ring()

    # what they tell each other

    def one_hears(self, pick: Pick) -> None:
        """One complaint hears the oldest of what it was told."""
        to = pick(sorted({told.ticket_no for told in self.waiting}))
        told = next(each for each in self.waiting if each.ticket_no == to)
        self.waiting.remove(told)
        walk = self.walks.get(to)
        if walk is None:
            return
        if not walk.is_open and told.action is Action.REPEAT:
            assert walk.state.outcome is not None
            self.waiting.append(main_end(str(told.facts["ticket_no"]), to, walk.state.outcome))
            return
        walk.act(command_from(told.action, told.facts), HOTLINE)
        self._collect(walk)

    def all_is_heard(self) -> None:
        """Whatever was told has been heard, and the lists agree."""
        while self.waiting:
            self.one_hears(lambda among, /: among[0])
        for number, walk in self.walks.items():
            state = walk.state
            joined = {each.fresh.ticket_no for each in self.open if each.state.main == number}
            assert not joined or walk.is_open, f"{joined} wait for {number}, which has ended"
            if walk.is_open:
                assert set(state.joined) & self.walks.keys() == joined, f"{number} counts {state.joined}"
            if state.stage is Stage.JOINED and state.main in self.walks:
                assert number in self.walks[state.main].state.joined

    def is_as_its_journals_tell(self) -> None:
        """Every complaint, restored from its rows alone, is what it was."""
        for walk in self.walks.values():
            assert walk.restored() == walk.state

    def _act(self, walk: Walk, who: str, command: Command, wished: Terms | None = None) -> None:
        walk.act(command, walk.actor_called(who), wished)
        self._collect(walk)

    def _wait(self, length: timedelta) -> None:
        self.now += length
        for walk in self.walks.values():
            walk.wait(length)

    def _collect(self, walk: Walk) -> None:
        self.waiting += walk.said
        walk.said.clear()

    def _near(self, pick: Pick) -> Near | None:
        """An earlier ticket; what that is joined to stands for it, as at intake."""
        if not self.walks or pick((True, True, False)):
            return None
        named = pick(list(self.walks.values()))
        main = self.walks.get(named.state.main, named)
        stated = pick(BOTH)
        score = SAID if stated else pick((500, 900))
        return Near(main.fresh.ticket_no, pick(BOTH), score, is_open=main.is_open, stated=stated)


def some_terms(pick: Pick, now: datetime) -> Terms:
    """Any tier, any way of counting, with the calendar whole or as far as it was published this year."""
    found = shipped(pick(tuple(Tier)), pick(tuple(DayKind)), around_clock=pick(BOTH))
    return replace(found, calendar=known_in(now.year) if pick(BOTH) else calendar())


def some_triage(pick: Pick, under: Terms, near: Near | None) -> Triage:
    """Whatever a classifier and a seat may make of a call."""
    district, street = pick(((DISTRICT, STREET), (DISTRICT, STREET), (DISTRICT, ""), ("", "")))
    duty = pick((Duty.STREET, Duty.STREET, Duty.DISTRICT, Duty.NONE))
    told = pick((None,) * 9 + (NotDispatched.OUTSIDE_DUTY,))
    plan = a_plan(an_item(duty, not_dispatched=told), district=district, street=street, under=under)
    emergency = pick((None, None, Emergency("E-1", "24h", False), Emergency("E-1", "", True)))
    rare = pick((*[""] * 17, "answered", "known", "told"))
    return replace(
        a_triage(plan, confidence=pick((1000, 800, 799)), near=near),
        kind=pick(tuple(Kind)),
        urgent=pick(BOTH),
        answered=rare == "answered",
        answer="K-1" if rare == "known" else "",
        disposition=pick(tuple(NotDispatched)) if rare == "told" else None,
        copy_to=pick(("", DEPARTMENT)),
        new_facts=pick(BOTH),
        repeats=pick((0, 1, 3)),
        risks=tuple(Risk) if pick(RARELY) else (),
        marks=("sensitive_words", "group") if pick(RARELY) else (),
        against=PLATFORM if pick((False, False, True)) else "",
        emergency=emergency,
    )
