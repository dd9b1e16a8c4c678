"""policy/limits, the tables [attachments], [retention] and [classifier]: one to one the fields of HouseLimits."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from domain.nearness import NearnessLimits
from rulebook.house_limits import HouseLimits

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


def house_limits(
    attachments: AttachmentsTable, retention: RetentionTable, classifier: ClassifierTable, nearness: NearnessLimits
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
    )
