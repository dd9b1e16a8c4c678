"""The nearest answer is the right one, or it is not near: a wrong answer would lose a complaint (R10).

`knowledge_asked.csv` holds 384 questions written for this, 216 with the answer they should get and 168 that no answer
fits. `knowledge_corpus.csv` says which consultations of policy/corpus an answer fits; no answer fits the others.
"""

import csv
import time
from pathlib import Path

import pytest

from classifier.knowledge import Match, Matcher
from rulebook.book import Book
from rulebook.files import load
from rulebook.knowledge_file import load_knowledge

HERE = Path(__file__).parent
POLICY = HERE.parents[1] / "policy"
Asked = list[tuple[str, set[str]]]
"""Questions, each with the codes of the answers that fit it."""


@pytest.fixture(scope="module")
def book() -> Book:
    """The policy as shipped."""
    return load(POLICY)[-1]


@pytest.fixture(scope="module")
def matcher(book: Book) -> Matcher:
    """The answers as shipped."""
    return Matcher({row.code: row.questions for row in load_knowledge(POLICY, book)})


@pytest.fixture(scope="module")
def asked() -> Asked:
    """Our own questions."""
    return [(row["text"], {row["code"]} - {""}) for row in rows(HERE / "knowledge_asked.csv")]


@pytest.fixture(scope="module")
def consultations() -> Asked:
    """The consultations of policy/corpus."""
    fitting = {row["fragment"]: set(row["codes"].split(";")) for row in rows(HERE / "knowledge_corpus.csv")}
    texts = [row["text"] for file in ("a.csv", "b.csv") for row in rows(POLICY / "corpus" / file) if asks(row)]
    assert all(any(fragment in text for text in texts) for fragment in fitting)
    return [(text, next((codes for part, codes in fitting.items() if part in text), set[str]())) for text in texts]


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def asks(row: dict[str, str]) -> bool:
    """Whether a row of the corpus is a consultation."""
    return row["kind"] == "consultation"


def answered(matcher: Matcher, questions: Asked, answer_from: int) -> tuple[int, int]:
    """How many questions would be answered without a seat, and how many of them rightly."""
    given = [(matcher.best(text), fitting) for text, fitting in questions]
    near = [(best.code, fitting) for best, fitting in given if best is not None and best.score >= answer_from]
    return len(near), sum(code in fitting for code, fitting in near)


def test_r10_what_is_answered_without_a_seat_is_answered_rightly(matcher: Matcher, book: Book, asked: Asked) -> None:
    count, right = answered(matcher, asked, book.house.knowledge.answer_from)
    print(f"\n{len(asked)} questions: {count} answered, {right} rightly")
    assert count >= 140
    assert right / count >= 0.99


def test_r10_no_consultation_of_the_corpus_is_answered_wrongly(
    matcher: Matcher, book: Book, consultations: Asked
) -> None:
    count, right = answered(matcher, consultations, book.house.knowledge.answer_from)
    nearest = [(matcher.best(text), fitting) for text, fitting in consultations if fitting]
    found = sum(best is not None and best.code in fitting for best, fitting in nearest)
    print(f"\n{len(consultations)} consultations: {count} answered, {right} rightly; {found}/{len(nearest)} found")
    assert count == right
    assert found / len(nearest) >= 0.8


def test_r10_no_complaint_of_the_corpus_comes_near_an_answer(matcher: Matcher, book: Book) -> None:
    others = [row["text"] for file in ("a.csv", "b.csv") for row in rows(POLICY / "corpus" / file) if not asks(row)]
    nearest = [best.score for text in others if (best := matcher.best(text)) is not None]
    assert len(others) > 600
    assert max(nearest) < book.house.knowledge.answer_from


def test_r10_a_question_put_as_its_owner_put_it_is_as_near_as_can_be(matcher: Matcher) -> None:
    assert matcher.best("身份证丢了怎么补办") == Match("K-2102", 1000)
    assert matcher.best("您好，请问身份证丢了怎么补办？谢谢") == Match("K-2102", 1000)


@pytest.mark.parametrize("text", ["", "？！", "12345", "😀", "hello"])
def test_r10_what_says_nothing_is_near_to_nothing(matcher: Matcher, text: str) -> None:
    assert matcher.best(text) is None


def test_r10_a_matter_of_ones_own_beside_the_question_takes_it_away_from_the_answer(matcher: Matcher) -> None:
    best = matcher.best("身份证丢了怎么补办，另外我家楼上漏水三个月了，物业一直不管，天花板都掉了")
    assert best is not None
    assert best.score < 550


def test_r10_without_answers_nothing_matches() -> None:
    assert Matcher({}).matches("身份证丢了怎么补办", 5) == []


def test_r10_matches_come_nearest_first_and_no_more_than_asked_for(matcher: Matcher) -> None:
    found = matcher.matches("公积金怎么提取", 3)
    assert len(found) == 3
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert found[0].code == "K-1703"


def test_r10_the_longest_matter_is_looked_at_in_two_milliseconds(matcher: Matcher, consultations: Asked) -> None:
    matter = "。".join(text for text, _ in consultations)[:10_000]
    begun = time.process_time()
    for _ in range(50):
        matcher.best(matter)
    assert (time.process_time() - begun) / 50 < 0.002
