"""Whether a catalogue and the units it names fit each other."""

from collections.abc import Iterator, Mapping

from domain.catalogue import Duty, Item
from domain.unit import HANDLING_KINDS, Unit, UnitKind

_OWNER_KIND = {
    Duty.DEPARTMENT: UnitKind.DEPARTMENT,
    Duty.ENTERPRISE: UnitKind.ENTERPRISE,
    Duty.LIAISON: UnitKind.LIAISON,
}


def disagreements(items: Mapping[str, Item], units: Mapping[str, Unit]) -> Iterator[tuple[str, str]]:
    """Code of each item that names a unit which is not there or may not handle it (条例 art. 11), and the reason."""
    for item in items.values():
        owner = units.get(item.owner)
        if item.owner and owner is None:
            yield item.code, f"owner: there is no unit {item.owner}"
        if owner is not None and owner.kind is not _OWNER_KIND.get(item.duty):
            yield item.code, f"owner: {item.owner} is a {owner.kind}, duty {item.duty} needs one"
        for code in item.co_owners:
            cohandler = units.get(code)
            if cohandler is None:
                yield item.code, f"co_owner: there is no unit {code}"
            elif cohandler.kind not in HANDLING_KINDS:
                yield item.code, f"co_owner: {code} is a {cohandler.kind} and handles nothing"
