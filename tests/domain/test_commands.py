"""Commands from the facts that people send, and the refusal of anything else."""

import json
from typing import cast

import pytest

from domain.actions import COMMANDS, command_from
from domain.facts import to_facts
from domain.lifecycle import Action
from domain.refusal import Fact, Refusal
from tests.domain.samples import COMMAND_OF

Facts = dict[str, Fact]


def _through_json(facts: Facts) -> Facts:
    return cast(Facts, json.loads(json.dumps(facts)))


def test_there_is_a_sample_of_every_action() -> None:
    assert {action: type(command) for action, command in COMMAND_OF.items()} == COMMANDS


@pytest.mark.parametrize("action", list(Action))
def test_a_command_survives_its_way_through_json(action: Action) -> None:
    command = COMMAND_OF[action]
    assert command_from(action, _through_json(to_facts(command))) == command


@pytest.mark.parametrize(
    ("action", "facts"),
    [
        (Action.CLASSIFICATION, {"item": "010101"}),
        (Action.OBJECTION_DECISION, {"upheld": False}),
        (Action.EXTENSION_REQUEST, {"ground": "weather", "days": 3}),
        (Action.REPORT_DONE, {"done_as": "resolved"}),
        (Action.CALLBACK, {"reached": False}),
        (Action.OPINION, {"opinion": "press"}),
    ],
)
def test_a_fact_that_may_be_left_out_may_be_left_out(action: Action, facts: Facts) -> None:
    assert to_facts(command_from(action, facts)).items() >= facts.items()


@pytest.mark.parametrize(
    ("action", "facts"),
    [
        (Action.CONTACT, {}),
        (Action.CONTACT, {"reached": "yes"}),
        (Action.CONTACT, {"reached": 1}),
        (Action.CONTACT, {"reached": None}),
        (Action.SIGN_IN, {"unit": "110105012"}),
        (Action.OBJECTION, {}),
        (Action.OBJECTION, {"ground": "no_time"}),
        (Action.OBJECTION, {"ground": ["not_my_duty"]}),
        (Action.EXTENSION_REQUEST, {"ground": "weather", "days": "3"}),
        (Action.EXTENSION_REQUEST, {"ground": "weather", "days": True}),
        (Action.EXTENSION_REQUEST, {"ground": "weather", "weeks": 1}),
        (Action.CO_HANDLING, {"units": "D-ZJW"}),
        (Action.CO_HANDLING, {"units": [1]}),
        (Action.CO_HANDLING, {"units": [["D-ZJW"]]}),
        (Action.CO_HANDLING, {"units": {"D-ZJW": True}}),
        (Action.ESCALATION, {"level": "state_council"}),
        (Action.OPINION, {"opinion": "reassign", "units": None}),
        (Action.CALLBACK, {"reached": True, "resolved": "maybe"}),
        (Action.EVALUATION, {"contacted": True, "resolved": "yes", "satisfied": None}),
        (Action.CLASSIFICATION, {"item": 10101}),
        (Action.CLASSIFICATION, {"item": "010101", "disposition": "boring"}),
        (Action.CONSULTATION, {"units": "D-ZJW"}),
        (Action.CONSULTATION_STATEMENT, {"takes": "everything"}),
        (Action.CONSULTATION_DECISION, {"co_handlers": []}),
        (Action.SETTLEMENT, {"settled": "nearly"}),
        (Action.TERMINATION_REQUEST, {"ground": "too_hard"}),
        (Action.APPROVAL, {}),
        (Action.REPORT_IN, {"present": "no"}),
        (Action.REPORT_DONE, {"done_as": "explained", "evidence": True}),
        (Action.RISK_REPORT, {"risk": "boredom"}),
        (Action.DISSUASION, {"measure": "blocked"}),
        (Action.REPEAT, {"ticket_no": "202603010000009", "same_complainant": True}),
        (Action.MAIN_END, {"main": "202603010000009", "outcome": "forgotten"}),
        (Action.REPLANNING, {}),
    ],
    ids=str,
)
def test_facts_that_spell_no_command_are_refused(action: Action, facts: Facts) -> None:
    with pytest.raises(Refusal) as caught:
        command_from(action, facts)
    assert caught.value.code == "command_malformed"
    assert caught.value.facts["action"] == action


@pytest.mark.parametrize(
    ("facts", "named"),
    [({}, "reached"), ({"reached": "yes"}, "reached"), ({"reached": True, "mood": "good"}, "mood")],
)
def test_a_refusal_names_the_fact_at_fault(facts: Facts, named: str) -> None:
    with pytest.raises(Refusal) as caught:
        command_from(Action.CONTACT, facts)
    assert named in str(caught.value.facts["fault"])


@pytest.mark.parametrize("action", list(Action))
def test_no_command_takes_a_fact_that_it_does_not_know(action: Action) -> None:
    with pytest.raises(Refusal) as caught:
        command_from(action, {**to_facts(COMMAND_OF[action]), "phone": "13800000000"})
    assert caught.value.code == "command_malformed"


@pytest.mark.parametrize(
    ("action", "facts", "fault"),
    [
        (Action.OBJECTION, {"ground": "no_time"}, "ground cannot be 'no_time'"),
        (Action.ESCALATION, {"level": "state_council"}, "level cannot be 'state_council'"),
        (Action.EXTENSION_REQUEST, {"ground": "mood", "days": 3}, "ground cannot be 'mood'"),
        (Action.CALLBACK, {"reached": True, "resolved": "maybe"}, "resolved cannot be 'maybe'"),
    ],
    ids=str,
)
def test_a_word_that_is_not_among_the_allowed_ones_is_refused_with_its_field(
    action: Action, facts: Facts, fault: str
) -> None:
    with pytest.raises(Refusal) as caught:
        command_from(action, facts)
    assert caught.value.facts["fault"] == fault
