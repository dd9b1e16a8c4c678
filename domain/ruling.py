"""Under which policy, tier and calendar a complaint's deadlines were set at each row of its journal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from domain import events
from domain.calendar import Calendar
from domain.catalogue import DayKind, Item, Tier
from domain.limits import Limits
from domain.terms import Terms


class Policy(Protocol):
    """What deadlines hang on in one policy version."""

    @property
    def version(self) -> str:
        """Its name."""
        ...

    @property
    def effective_from(self) -> date:
        """The first day on which complaints are dispatched under it."""
        ...

    @property
    def limits(self) -> Limits:
        """Its limits."""
        ...

    @property
    def items(self) -> Mapping[str, Item]:
        """Its catalogue."""
        ...

    @property
    def calendar(self) -> Calendar:
        """Its calendar."""
        ...


Policies = Mapping[str, Policy]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What rules at one row. `tier` and `day_kind` are a dispatch's; before that they are the item's. `calendar` is the
    version whose calendar counts since a re-planning; `emergency` the tier that emergency mode sets (R44)."""

    policy: str = ""
    item: str = ""
    emergency: str = ""
    tier: Tier | None = None
    day_kind: DayKind | None = None
    around_clock: bool = False
    calendar: str = ""

    def after(self, event: events.Event) -> "Ruling":
        """What rules once `event` has happened."""
        match event:
            case events.Classified() | events.ClassificationConfirmed():
                return replace(self, policy=event.policy, item=event.item)
            case events.EmergencyNoted():
                return replace(self, emergency=event.tier)
            case events.SettlementOffered():
                return replace(self, policy=event.policy)
            case events.Dispatched():
                same = event.policy == self.policy  # another version comes with its own calendar
                return replace(
                    self,
                    policy=event.policy,
                    tier=event.tier,
                    day_kind=event.day_kind,
                    around_clock=event.around_clock,
                    calendar=self.calendar if same else "",
                )
            case events.Replanned():
                return replace(self, calendar=event.calendar)
            case _:
                return self

    def versions(self) -> frozenset[str]:
        """The policy versions that it needs."""
        return frozenset({self.policy, self.calendar} - {""})

    def terms(self, policies: Policies) -> Terms:
        """The terms as they were. KeyError when `policies` lacks a version that the journal names."""
        own = policies[self.policy]
        counts = policies[self.calendar or self.policy]
        item = own.items[self.item]
        tier = self.tier or (Tier(self.emergency) if self.emergency else item.tier)
        return self._terms(own, tier, self.day_kind or item.counted_in(tier), counts.calendar)

    def terms_under(self, other: Policy | None, policies: Policies, item_code: str = "") -> Terms:
        """The terms as another version would have them, or another item (KeyError when unknown). An item of the
        complaint's own that the other version does not know stays what it was."""
        if other is None:
            calendar = policies[self.calendar or self.policy].calendar
            other = policies[self.policy]
        else:
            calendar = other.calendar
        item = other.items[item_code] if item_code else other.items.get(self.item)
        if item is None:
            return replace(self.terms(policies), policy=other.version, limits=other.limits, calendar=calendar)
        tier = Tier(self.emergency) if self.emergency else item.tier
        return self._terms(other, tier, item.counted_in(tier), calendar)

    def _terms(self, policy: Policy, tier: Tier, day_kind: DayKind, calendar: Calendar) -> Terms:
        return Terms(policy.version, tier, day_kind, self.around_clock, policy.limits, calendar)
