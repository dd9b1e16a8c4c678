"""One row of policy/channels: a way in for complaints, or a hotline merged into this one (R2)."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from domain.channel import Channel, ChannelKind

_ORIGIN_PREFIX = "H-"
_ONE_EACH = (ChannelKind.PHONE, ChannelKind.MERGED_HOTLINE)


class ChannelRow(BaseModel):
    """The columns in the order of the header."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]{1,23}|H-[A-Z0-9]{2,20})$")]
    kind: ChannelKind
    name: Annotated[str, Field(min_length=2, max_length=40)]

    def channel(self) -> Channel:
        """The same facts as the domain knows them."""
        return Channel(self.code, self.kind, self.name)

    def reasons(self) -> Iterator[str]:
        """What is wrong inside this row."""
        if (self.kind is ChannelKind.ORIGIN) != self.code.startswith(_ORIGIN_PREFIX):
            yield f"code: {self.code} is not how a channel of kind {self.kind} is coded"


def about_channels(rows: list[tuple[int, ChannelRow]]) -> Iterator[tuple[int | None, str]]:
    """Faults between rows, with their lines: codes and names twice, a way in that is missing."""
    code_at: dict[str, int] = {}
    name_at: dict[str, int] = {}
    for line, row in rows:
        seen = code_at.setdefault(row.code, line)
        if seen != line:
            yield line, f"code: {row.code} stands already on line {seen}"
        seen = name_at.setdefault(row.name, line)
        if seen != line:
            yield line, f"name: {row.name} stands already on line {seen}"
    for kind in _ONE_EACH:
        if not any(row.kind is kind for _, row in rows):
            yield None, f"must hold a channel of kind {kind}"
