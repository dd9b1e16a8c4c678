"""Instants that come in with a request: with an offset, and within the times that a hotline can have to do with."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime
from pydantic_core import PydanticCustomError

FIRST = datetime(2000, 1, 1, tzinfo=UTC)
LAST = datetime(2100, 1, 1, tzinfo=UTC)


def _plausible(instant: datetime) -> datetime:
    """What lies beyond is a slip, and near the ends of the calendar it is no instant in UTC at all."""
    if not FIRST <= instant < LAST:
        raise PydanticCustomError("implausible_instant", "Input should lie between 2000 and 2100")
    return instant


Instant = Annotated[AwareDatetime, AfterValidator(_plausible)]
"""RFC 3339 with offset, from 2000 to 2099."""
