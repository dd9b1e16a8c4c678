"""policy/limits: the tables of what holds for the house, one to one the fields of HouseLimits."""

from datetime import time
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from domain.knowledge import KnowledgeLimits
from domain.missed_call import MissedCallLimits
from domain.nearness import NearnessLimits
from rulebook.house_limits import HouseLimits

Minutes = Annotated[int, Field(ge=1, le=10_080)]
Mebibytes = Annotated[int, Field(ge=1, le=10_000)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class AttachmentsTable(_Table):
    """The largest file of each form."""

    voice: Mebibytes
    picture: Mebibytes
    video: Mebibytes
    text: Mebibytes


class RetentionTable(_Table):
    """How long what was said is kept."""

    closed_days: Annotated[int, Field(ge=30, le=36_500)]


class ClassifierTable(_Table):
    """Where the classifier's alarm rings, in thousandths."""

    alarm_at: Annotated[int, Field(ge=1, le=1000)]


class KnowledgeTable(_Table):
    """When a consultation is answered by itself, and how answers are kept true (R10, R45)."""

    answer_from: Annotated[int, Field(ge=1, le=1000)]
    warning_days: Annotated[int, Field(ge=0, le=366)]
    press_days: Annotated[int, Field(ge=1, le=366)]
    review_days: Annotated[int, Field(ge=1, le=3660)]


class MissedCallsTable(_Table):
    """When a call that nobody took is returned (R9)."""

    within_minutes: Minutes
    urgent_within_minutes: Minutes
    attempts: Annotated[int, Field(ge=1, le=10)]
    hours: Annotated[tuple[time, ...], Field(strict=False, min_length=1)]
    window_minutes: Minutes
    press_minutes: Minutes


def house_limits(
    attachments: AttachmentsTable,
    retention: RetentionTable,
    classifier: ClassifierTable,
    nearness: NearnessLimits,
    knowledge: KnowledgeTable,
    missed_calls: MissedCallsTable,
) -> HouseLimits:
    """The same values as the house knows them."""
    return HouseLimits(
        attachment_mib={
            "voice": attachments.voice,
            "picture": attachments.picture,
            "video": attachments.video,
            "text": attachments.text,
        },
        retention_days=retention.closed_days,
        alarm_at=classifier.alarm_at,
        nearness=nearness,
        knowledge=KnowledgeLimits(**knowledge.model_dump()),
        missed_calls=MissedCallLimits(**missed_calls.model_dump()),
    )
