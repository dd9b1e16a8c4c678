"""What the API answers with beside complaints: units, items, notices, emergencies, health."""

from datetime import datetime

from pydantic import Field

from api.presents import Present


class EmergencyShown(Present):
    """One emergency."""

    emergency_id: str = Field(examples=["EM-20260721-1f0c9a"])
    """Its id."""
    district: str
    """District, or empty for the whole city."""
    items: list[str]
    """Catalogue items or classes, or none for all."""
    tier: str
    """Handling tier of matters in its scope."""
    begun_at: datetime
    """When it was switched on."""
    ended_at: datetime | None
    """When it was switched off; null while it is on."""


class HourShown(Present):
    """One hour of an emergency."""

    hour: datetime
    """Its beginning."""
    received: int
    """Complaints received where the emergency holds."""
    in_scope: int
    """Those of them in its scope."""
    closed: int
    """Those of them that are closed by now."""


class NoticeShown(Present):
    """A message to a unit."""

    ticket_no: str
    """The ticket; or the code of what else it is about: an answer to be reviewed."""
    key: str
    """What makes this notice one notice; a receiver drops a key it has seen."""
    kind: str
    """What happened."""
    created_at: datetime
    """When it was queued."""


class NoticePage(Present):
    """Notices of one audience, oldest first."""

    notices: list[NoticeShown]
    """The notices."""
    next: str = Field(examples=["4711"])
    """Cursor to go on with: what it yields was not on this page or any before it, and nothing in between is missed."""


class UnitShown(Present):
    """A unit of the city."""

    code: str
    """Unit code."""
    kind: str
    """What it is."""
    name: str
    """Its name."""
    district: str
    """District it lies in, or empty."""


class ItemShown(Present):
    """A leaf of the dispatch catalogue."""

    code: str
    """Leaf code."""
    levels: tuple[str, str, str]
    """Its three levels."""
    duty: str
    """Whose duty it is."""
    tier: str
    """Handling tier."""


class Alive(Present):
    """The process answers."""

    alive: bool = True
    """Always true."""


class Health(Present):
    """Whether the hotline takes complaints, and what stands behind it."""

    database: bool
    """Complaints are taken in."""
    engine: bool
    """Complaints are taken up; while false they wait in the inbox."""
    waiting: int = 0
    """Commands that the engine has not acknowledged yet."""
    oldest_seconds: float = 0
    """Age of the oldest of them."""


class ChannelShown(Present):
    """A way in for complaints, or a hotline merged into this one."""

    code: str = Field(examples=["wechat"])
    """Channel code."""
    kind: str = Field(examples=["network"])
    """phone, network, district_platform, merged_hotline; or origin, a merged hotline that intake names beside it."""
    name: str = Field(examples=["微信公众号"])
    """Its name."""
