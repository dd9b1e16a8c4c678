"""The table on one screen: which action is open in which stage, which stage follows which."""

import itertools

import pytest

from domain.actions import ACTIONS, COMMANDS
from domain.complaint import Complaint
from domain.decide import APPLIERS, DECIDERS, check_stage
from domain.events import EVENTS, ClockRang, DecisionPressed
from domain.lifecycle import ALLOWED, MOVES, Action, Stage
from domain.refusal import Refusal
from domain.ringing import RINGERS, ClockName
from tests.domain.building import CONTENT, a_complaint, a_handled_complaint
from tests.domain.city import DEPARTMENT, OTHER_TICKET, PLATFORM, STREET
from tests.domain.samples import COMMAND_OF

IN_STAGE: dict[Stage, Complaint] = {
    Stage.RECEIVED: a_complaint().state,
    Stage.CONFIRMATION: a_complaint().unsure().state,
    Stage.CONSULTATION: a_complaint().consulting(STREET, DEPARTMENT).state,
    Stage.SETTLEMENT: a_complaint().before(PLATFORM).state,
    Stage.JOINED: a_complaint().joined_to(OTHER_TICKET).state,
    Stage.OBJECTION: a_complaint().dispatched_to(STREET).objected().state,
    Stage.HANDLING: a_handled_complaint().state,
    Stage.CALLBACK: a_handled_complaint().reported().state,
    Stage.CLOSED: a_handled_complaint().reported().answered(CONTENT).state,
}
EVERY = list(itertools.product(Action, Stage))
OPEN = [(action, stage) for action, stage in EVERY if stage in ALLOWED[action]]
SHUT = [(action, stage) for action, stage in EVERY if stage not in ALLOWED[action]]


def test_every_action_has_a_row_in_the_table() -> None:
    assert set(ALLOWED) == set(Action)


@pytest.mark.parametrize("action", list(Action))
def test_every_action_is_open_in_some_stage(action: Action) -> None:
    assert ALLOWED[action]


@pytest.mark.parametrize("action", list(Action))
def test_no_action_is_open_on_a_closed_complaint(action: Action) -> None:
    assert Stage.CLOSED not in ALLOWED[action]


def test_every_stage_has_a_row_of_moves() -> None:
    assert set(MOVES) == set(Stage)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.CLOSED])
def test_every_open_stage_has_a_way_on_and_a_way_to_the_end(stage: Stage) -> None:
    assert MOVES[stage] - {stage}
    assert Stage.CLOSED in MOVES[stage]


def test_a_closed_complaint_stays_closed() -> None:
    assert MOVES[Stage.CLOSED] == frozenset()


def test_every_stage_can_be_reached_from_the_first() -> None:
    reached, new = {Stage.RECEIVED}, {Stage.RECEIVED}
    while new := {follower for stage in new for follower in MOVES[stage]} - reached:
        reached |= new
    assert reached == set(Stage)


@pytest.mark.parametrize("stage", list(Stage))
def test_a_complaint_in_that_stage_exists(stage: Stage) -> None:
    assert IN_STAGE[stage].stage is stage


@pytest.mark.parametrize(("action", "stage"), SHUT)
def test_an_action_in_a_stage_that_does_not_allow_it_is_refused_with_the_stages_that_do(
    action: Action, stage: Stage
) -> None:
    with pytest.raises(Refusal) as caught:
        check_stage(IN_STAGE[stage], COMMAND_OF[action])
    assert caught.value.code == ("closed" if stage is Stage.CLOSED else "wrong_stage")
    assert caught.value.facts == {
        "action": action,
        "stage": stage,
        "allowed": sorted(ALLOWED[action]),
    }


@pytest.mark.parametrize("action", list(Action))
def test_the_rules_front_door_asks_the_table_first(action: Action) -> None:
    given = a_handled_complaint().reported().answered(CONTENT)
    assert given.refuses(COMMAND_OF[action]).code == "closed"


@pytest.mark.parametrize(("action", "stage"), OPEN)
def test_an_action_in_a_stage_that_allows_it_passes_the_door(action: Action, stage: Stage) -> None:
    try:
        check_stage(IN_STAGE[stage], COMMAND_OF[action])
    except Refusal as refusal:
        pytest.fail(f"{action} is refused in {stage}: {refusal.code}")


@pytest.mark.parametrize(
    ("stage", "to"),
    [(a, b) for a, b in itertools.product(Stage, Stage) if b is not a and b not in MOVES[a]],
)
def test_a_move_outside_the_table_is_a_bug_and_not_an_input(stage: Stage, to: Stage) -> None:
    with pytest.raises(AssertionError):
        IN_STAGE[stage].moved(to)


def test_every_action_has_a_command_and_every_command_a_rule() -> None:
    assert set(COMMANDS) == set(Action)
    assert set(DECIDERS) == set(COMMANDS.values()) == set(ACTIONS)


def test_every_clock_has_a_ring() -> None:
    assert set(RINGERS) == set(ClockName)


def test_only_known_events_are_applied_and_each_in_one_way() -> None:
    assert set(APPLIERS) <= set(EVENTS.values())
    assert {ClockRang, DecisionPressed}.isdisjoint(APPLIERS)
