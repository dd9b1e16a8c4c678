"""A complainant who is always dissatisfied is heard a bounded number of times, whatever the units do meanwhile."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import commands
from domain.complaint import Complaint
from domain.grounds import Level, OpinionKind, TerminationGround
from domain.lifecycle import Stage
from domain.outcome import DoneAs, Outcome
from domain.triage import Triage
from tests.domain.building import ANGRY
from tests.domain.city import MONDAY, a_triage
from tests.domain.moves import Move, fitting
from tests.domain.walking import Walk

MOST_REWORKS = 3
"""One by rule, one with the district's opinion, one with the municipality's."""
ROUND = 5
"""Moves from any stage to the next answer at most: a confirmation or decision, a sign-in, an approval, a report, a
call."""
TERMINATION = commands.RequestTermination(TerminationGround.MATTER_GONE)


def _with_anger(state: Complaint, pick: int) -> Move:
    """Anything that fits; but whoever answers a callback is angry, and the unit may not end it by itself."""
    if state.stage is Stage.CALLBACK:
        return ("seat", ANGRY)
    moves = [move for move in fitting(state) if move[1] != TERMINATION]
    return moves[pick % len(moves)]


def _straight_on(state: Complaint) -> Move:
    """The shortest way to the next answer."""
    match state.stage:
        case Stage.HANDLING if state.approval is not None:
            return ("seat", commands.DecideApproval(approved=False))
        case Stage.HANDLING if state.signed_in:
            return ("lead", commands.ReportDone(DoneAs.RESOLVED, override=bool(state.open_co_handlers)))
        case Stage.HANDLING:
            return ("lead", commands.SignIn())
        case _:
            return _with_anger(state, 0)


def _acted(walk: Walk, move: Move) -> None:
    who, command = move
    walk.act(command, walk.actor_called(who), walk.state.pinned)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.sampled_from([a_triage(), a_triage(confidence=0)]), st.lists(st.integers(0, 2**16), max_size=60))
def test_a_complainant_who_is_always_dissatisfied_comes_to_an_end(triage: Triage, picks: list[int]) -> None:
    walk = Walk(triage, MONDAY)
    for pick in picks:
        _acted(walk, _with_anger(walk.state, pick))
        assert walk.state.reworks <= MOST_REWORKS
    for _ in range(ROUND * (MOST_REWORKS + 1)):
        if walk.state.stage is not Stage.CLOSED:
            _acted(walk, _straight_on(walk.state))
    assert walk.state.reworks <= MOST_REWORKS
    assert (walk.state.stage, walk.state.outcome) == (Stage.CLOSED, Outcome.UNRESOLVED)


PRESS = commands.IssueOpinion(OpinionKind.PRESS)
TAKE_OVER = commands.IssueOpinion(OpinionKind.TAKE_OVER)
ASKING_AROUND: dict[str, tuple[Move, ...]] = {
    "asks the municipality": (("lead", commands.Escalate(Level.MUNICIPALITY)), ("debtor", PRESS)),
    "is relieved by the municipality": (("lead", commands.Escalate(Level.MUNICIPALITY)), ("debtor", TAKE_OVER)),
    "asks the district": (("lead", commands.Escalate(Level.DISTRICT)), ("debtor", PRESS)),
    "is relieved by the district": (("lead", commands.Escalate(Level.DISTRICT)), ("debtor", TAKE_OVER)),
    "asks both, from the top": (
        ("lead", commands.Escalate(Level.MUNICIPALITY)),
        ("debtor", PRESS),
        ("lead", commands.Escalate(Level.DISTRICT)),
        ("debtor", PRESS),
    ),
}


@pytest.mark.parametrize("asking", ASKING_AROUND.values(), ids=list(ASKING_AROUND))
def test_a_unit_that_asks_around_before_every_report_does_not_prolong_it(asking: tuple[Move, ...]) -> None:
    walk = Walk(a_triage(), MONDAY)
    answers = 0
    while walk.state.stage is not Stage.CLOSED:
        sign_in: tuple[Move, ...] = (("lead", commands.SignIn()),)
        for move in (*sign_in, *asking, *sign_in, ("lead", commands.ReportDone(DoneAs.RESOLVED)), ("seat", ANGRY)):
            _acted(walk, move)
        answers += 1
        assert answers <= MOST_REWORKS + 1
    assert walk.state.outcome is Outcome.UNRESOLVED
