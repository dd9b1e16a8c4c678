"""What the API is sent about the knowledge base, and what it shows of it (R10, R45)."""

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field, StrictInt

from api.bodies import Body, UnitCode, printable
from api.presents import Present
from api.problems import ProblemError
from domain.knowledge import Knowledge, KnowledgeState
from store import knowledge
from store.connection import Pool

Question = Annotated[str, Field(min_length=4, max_length=100), AfterValidator(printable)]
Version = Annotated[StrictInt, Field(ge=0, le=1_000_000, examples=[1])]


class KnowledgeBody(Body):
    """An answer as its owning unit keeps it (条例 art. 31)."""

    version: Version
    """The version that this one takes the place of; 0 for a new answer."""
    item: str = Field(pattern=r"^[0-9]{6}$", examples=["210106"])
    """Catalogue leaf that it is about."""
    unit: UnitCode
    """The unit whose duty it is to keep it true."""
    questions: tuple[Question, ...] = Field(min_length=1, max_length=40, examples=[["身份证丢了怎么补办"]])
    """How people ask it; what they say is compared with these."""
    answer: Annotated[str, AfterValidator(printable)] = Field(
        min_length=10, max_length=2000, examples=["到就近的派出所户籍窗口办理。"]
    )
    """What they are told."""
    review_on: date = Field(examples=["2027-06-30"])
    """The last day on which it counts as true without a new review."""
    state: KnowledgeState = KnowledgeState.IN_FORCE
    """Whether it may be given."""


class ReviewBody(Body):
    """The owning unit confirms that an answer is still true."""

    version: Version
    """The version that was reviewed."""
    review_on: date = Field(examples=["2027-06-30"])
    """Until when it counts as true."""


class KnowledgeVersion(Present):
    """One version of an answer."""

    code: str = Field(examples=["K-2102"])
    """Its code; intake names it in `answer`."""
    version: int
    """Counted from 1."""
    item: str = Field(examples=["210106"])
    """Catalogue leaf that it is about."""
    unit: str = Field(examples=["D-GAJ"])
    """The unit whose duty it is to keep it true."""
    questions: tuple[str, ...]
    """How people ask it."""
    answer: str
    """What they are told."""
    review_on: date
    """The last day on which it counts as true without a new review."""
    state: str = Field(examples=["in_force"])
    """in_force or withdrawn."""
    at: datetime
    """When this version was kept."""
    role: str
    """Role of who kept it."""
    name: str
    """Name of the key that kept it."""

    @classmethod
    def of(cls, one: Knowledge) -> "KnowledgeVersion":
        """A version as it is shown."""
        plain = {name: getattr(one, name) for name in cls.model_fields if hasattr(one, name)}
        return cls(**plain, role=one.by.role.value, name=one.by.name)


class KnowledgeShown(KnowledgeVersion):
    """An answer as it stands."""

    overdue: bool
    """Past its review date: seats may give it, by itself it is not given."""
    score: int | None
    """How near it is to the text that was asked about, in thousandths; null without one."""

    @classmethod
    def standing(cls, one: Knowledge, today: date, score: int | None = None) -> "KnowledgeShown":
        """An answer as it stands on a day."""
        version = KnowledgeVersion.of(one)
        return cls(**version.model_dump(), overdue=one.is_overdue(today), score=score)


class KnowledgeHistory(KnowledgeShown):
    """An answer with all that it said before."""

    earlier: list[KnowledgeVersion]
    """The versions before this one, newest first."""


async def check_answer(pool: Pool, code: str) -> None:
    """Refuse an answer at intake that there is none of, or that was withdrawn."""
    if code:
        found = await knowledge.read(pool, code)
        if found is None or found.state is KnowledgeState.WITHDRAWN:
            raise ProblemError("unknown_answer", answer=code)
