"""Where a complaint comes in (R2): the phone, network channels, district platforms, and other hotlines merged in."""

from dataclasses import dataclass
from enum import StrEnum


class ChannelKind(StrEnum):
    """What a channel is. An `ORIGIN` is one merged hotline: it is named beside the channel, never instead of it."""

    PHONE = "phone"
    NETWORK = "network"
    DISTRICT_PLATFORM = "district_platform"
    MERGED_HOTLINE = "merged_hotline"
    ORIGIN = "origin"


ORIGINATING_KINDS = frozenset({ChannelKind.PHONE, ChannelKind.MERGED_HOTLINE})
"""Kinds that a merged hotline's calls come in by: dialled here under its number, or handed over by it."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One way in, known by `code`, or one merged hotline."""

    code: str
    kind: ChannelKind
    name: str
