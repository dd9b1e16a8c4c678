"""What is asked for in the record hour."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bench.mix import Mix, Sort
from domain.actor import Actor, Role
from domain.knowledge import Knowledge, KnowledgeState

POLICY = Path(__file__).parent.parent.parent / "policy"
CALLS = 4000
ANSWER = Knowledge(
    code="K-1",
    version=1,
    item="010102",
    unit="D-ZJW",
    questions=("房子空着要不要交物业费",),
    answer="要。",
    review_on=date(2027, 1, 1),
    state=KnowledgeState.IN_FORCE,
    at=datetime(2026, 1, 1, tzinfo=UTC),
    by=Actor(Role.SEAT, "seat"),
)


@pytest.fixture(scope="module")
def mix() -> Mix:
    """The shipped corpus and one answer."""
    return Mix(POLICY, [ANSWER])


def test_the_same_call_is_always_the_same(mix: Mix) -> None:
    assert mix.call(3) == Mix(POLICY, [ANSWER]).call(3)


def test_six_calls_in_ten_are_consultations_and_one_in_fifty_is_urgent(mix: Mix) -> None:
    made = [mix.call(number) for number in range(CALLS)]
    consultations = sum(call.body.get("kind") == "consultation" for call in made)
    assert consultations / CALLS == pytest.approx(0.585, abs=0.03)
    assert sum(call.sort is Sort.URGENT for call in made) / CALLS == pytest.approx(0.02, abs=0.008)


def test_nine_consultations_in_ten_are_answered_at_once(mix: Mix) -> None:
    made = [call for number in range(CALLS) if (call := mix.call(number)).body.get("kind") == "consultation"]
    at_once = sum(call.sort in (Sort.ANSWERED, Sort.WRITTEN) for call in made)
    assert at_once / len(made) == pytest.approx(0.9, abs=0.03)


def test_what_is_asked_in_writing_is_a_question_of_the_knowledge_base(mix: Mix) -> None:
    written = [call.body for number in range(200) if (call := mix.call(number)).sort is Sort.WRITTEN]
    assert {body["matter"] for body in written} == set(ANSWER.questions)
    assert {body["channel"] for body in written} == {"wechat"}
