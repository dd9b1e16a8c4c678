"""Parts: what is rare in a city and has to be seen all the same. Every third complaint plays one, in turn."""

from dataclasses import dataclass, field
from typing import Any

from demo.missed import MISSED, QUICKER

_EVERY = 3
_FILES = [
    {"form": "voice", "reference": "rec/2026/11/22/000017.ogg", "size_bytes": 183_500},
    {"form": "picture", "reference": "pic/2026/11/22/000017.jpg", "size_bytes": 402_113},
    {"form": "video", "reference": "vid/2026/11/22/000017.mp4", "size_bytes": 9_830_400},
]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name, and what its complainant or seat says at intake beside the message."""

    name: str = ""
    body: dict[str, Any] = field(default_factory=dict[str, Any])


NONE = Part()
PARTS: tuple[Part, ...] = (
    Part("platform settles", {"line": "enterprise", "against": "P-WM", "item": "130103"}),
    Part("platform does not settle", {"line": "enterprise", "against": "P-DS", "item": "130103"}),
    Part("a child calls", {"line": "minors", "channel": "phone"}),
    Part(MISSED, {"channel": "phone"}),
    Part(QUICKER, {"channel": "phone"}),
    Part("with files", {"channel": "wechat", "attachments": _FILES}),
    Part("from a merged hotline", {"channel": "merged_hotline", "origin": "H-12315"}),
    Part("confidential", {"confidential": True}),
    Part("abuses the hotline"),
    Part("in litigation already", {"disposition": "statutory_channel"}),
    Part("a secret", {"disposition": "secret"}),
    Part("outside any duty", {"disposition": "outside_duty", "copy_to": "D-MZJ"}),
    Part("unlawful", {"disposition": "unlawful"}),
    Part("for 120", {"disposition": "transferred"}),
    Part("calls again"),
    Part("calls again with new facts"),
    Part("is joined wrongly"),
    Part("is consulted on"),
    Part("is consulted on in vain"),
    Part("against a central unit", {"item": "270101"}),
    Part("about Hebei", {"item": "270201"}),
    Part("no water", {"item": "020101"}),
    Part("is sent down to a street"),
    Part("is forgotten by the seat"),
    Part("cannot be resolved"),
    Part("is terminated"),
    Part("is whistled for in vain"),
    Part("is extended by an opinion"),
    Part("is reassigned by an opinion"),
    Part("is co-handled by an opinion"),
    Part("is taken over"),
    Part("goes before a line department"),
    Part("is meddled with"),
    Part("smells of riot"),
    Part("many are angry"),
    Part("follows it themselves"),
    Part("is answered from knowledge", {"kind": "consultation", "channel": "phone", "answer": "K-0101"}),
)


def part_of(number: int) -> Part:
    """The part that complaint `number` plays; the complaints between play none."""
    return PARTS[number // _EVERY % len(PARTS)] if number % _EVERY == 1 else NONE
