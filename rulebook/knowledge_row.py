"""One row of policy/knowledge: an answer to begin with. Once loaded it is its owning unit's to keep (R45)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from domain.actor import Actor
from domain.knowledge import OWNING_KINDS, Knowledge, KnowledgeState
from domain.span import Span, SpanUnit
from rulebook.book import Book

CODE = r"^K-[A-Z0-9]{2,20}$"


def _split(cell: object) -> object:
    return tuple(cell.split(";")) if isinstance(cell, str) else cell


def _span(cell: object) -> object:
    return Span.parse(cell) if isinstance(cell, str) else cell


Question = Annotated[str, Field(min_length=4, max_length=100)]


class KnowledgeRow(BaseModel):
    """The columns in the order of the header. `review` counts from the day on which the row is loaded."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, Field(pattern=CODE)]
    item: str
    unit: str
    questions: Annotated[tuple[Question, ...], Field(min_length=2), BeforeValidator(_split)]
    answer: Annotated[str, Field(min_length=20, max_length=2000)]
    review: Annotated[Span, BeforeValidator(_span)]

    def knowledge(self, today: date, at: datetime, by: Actor) -> Knowledge:
        """The answer's first version."""
        return Knowledge(
            code=self.code,
            version=1,
            item=self.item,
            unit=self.unit,
            questions=self.questions,
            answer=self.answer,
            review_on=today + timedelta(days=self.review.amount),
            state=KnowledgeState.IN_FORCE,
            at=at,
            by=by,
        )

    def reasons(self, book: Book) -> Iterator[str]:
        """What is wrong in this row under the book that is in force."""
        owner = book.units.get(self.unit)
        if owner is None:
            yield f"unit: there is no unit {self.unit}"
        elif owner.kind not in OWNING_KINDS:
            yield f"unit: a {owner.kind} keeps no answers"
        if self.item not in book.items:
            yield f"item: there is no item {self.item}"
        if self.review.unit is not SpanUnit.DAYS or self.review.amount > book.house.knowledge.review_days:
            yield f"review: must be counted in d and at most {book.house.knowledge.review_days}d"


def about_knowledge(rows: list[tuple[int, KnowledgeRow]]) -> Iterator[tuple[int, str]]:
    """Faults between rows, with their lines: a code twice, or a question that two answers claim."""
    code_at: dict[str, int] = {}
    asked_at: dict[str, int] = {}
    for line, row in rows:
        seen = code_at.setdefault(row.code, line)
        if seen != line:
            yield line, f"code: {row.code} stands already on line {seen}"
        for question in row.questions:
            if question in asked_at:
                yield line, f"questions: {question} stands already on line {asked_at[question]}"
            asked_at.setdefault(question, line)
