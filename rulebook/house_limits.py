"""Policy values that hold for the house from their date on. No complaint is pinned to them, so none carries them into
the engine: they bound what is taken in, how long it is kept, and when the alarm rings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from domain.knowledge import KnowledgeLimits
from domain.missed_call import MissedCallLimits
from domain.nearness import NearnessLimits

AttachmentForm = Literal["voice", "picture", "video", "text"]

MIB = 1024 * 1024

_BEFORE: Mapping[AttachmentForm, int] = MappingProxyType({"voice": 200, "picture": 20, "video": 500, "text": 10})
"""Of versions that were applied before these values existed: pinned tickets still have to be read under them."""


@dataclass(frozen=True, slots=True)
class HouseLimits:
    """What one policy version says about the house."""

    attachment_mib: Mapping[AttachmentForm, int] = field(default_factory=lambda: dict(_BEFORE))
    """The largest file of each form that may be referred to (R2), in MiB."""
    retention_days: int = 1095
    """Days after the closing of a complainant's last ticket from which they are erased (R5)."""
    nearness: NearnessLimits = field(default_factory=NearnessLimits)
    """When an earlier complaint is taken for the same matter or the same event (R12, R13)."""
    knowledge: KnowledgeLimits = field(default_factory=KnowledgeLimits)
    """When a consultation is answered by itself, and how answers are kept true (R10, R45)."""
    missed_calls: MissedCallLimits = field(default_factory=MissedCallLimits)
    """When a call that nobody took is returned (R9)."""
    alarm_at: int = 150
    """Probability, in thousandths, from which a text is urgent though no urgent word betrays it (R14)."""

    def most_bytes(self, form: AttachmentForm) -> int:
        """The largest file of a form, in bytes."""
        return self.attachment_mib[form] * MIB
