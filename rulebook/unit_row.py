"""One row of policy/units: a unit of the city (承办单位 and the bodies around them)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.unit import RANKED_KINDS, Unit, UnitKind

_CODES: dict[UnitKind, str] = {
    UnitKind.DISTRICT: r"[0-9]{6}|[A-Z]{3}",
    UnitKind.STREET: r"[0-9]{9}",
    UnitKind.DEPARTMENT: r"D-[A-Z]{2,10}",
    UnitKind.ENTERPRISE: r"E-[A-Z]{2,10}",
    UnitKind.SISTER: r"S-[A-Z]{2,10}",
    UnitKind.PLATFORM: r"P-[A-Z]{2,10}",
    UnitKind.COMMUNITY: r"[0-9]{12}",
}
"""Places are known by division code (经开区 has none and gets three letters), city-wide units by a short word."""
_MUNICIPAL_CODE = r"M-[A-Z]{3,10}"
_IN_DISTRICTS = (UnitKind.DISTRICT, UnitKind.STREET, UnitKind.COMMUNITY)
_ONE_EACH = (UnitKind.MUNICIPALITY, UnitKind.BUREAU, UnitKind.CENTRE)


class UnitRow(BaseModel):
    """The columns in the order of the header."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, Field(min_length=1)]
    kind: UnitKind
    name: Annotated[str, Field(min_length=2, max_length=40)]
    parent: str
    district: str
    around_clock: Literal["true", "false"]
    family: Literal["", "department", "district", "street", "enterprise"]

    def unit(self) -> Unit:
        """The same facts as the domain knows them."""
        return Unit(
            code=self.code,
            kind=self.kind,
            name=self.name,
            parent=self.parent,
            district=self.district,
            around_clock=self.around_clock == "true",
            family=self.family,
        )

    def reasons(self) -> Iterator[str]:
        """What is wrong inside this row."""
        shape = _CODES.get(self.kind, _MUNICIPAL_CODE)
        if re.fullmatch(shape, self.code) is None:
            yield f"code: {self.code} is not how a {self.kind} is coded ({shape})"
        if self.family != (self.kind.value if self.kind in RANKED_KINDS else ""):
            yield f"family: a {self.kind} is not ranked in {self.family or 'none'} (R35)"
        if self.kind is UnitKind.DISTRICT and self.district != self.code:
            yield "district: a district lies in itself"
        if self.kind is UnitKind.STREET and self.district != self.parent:
            yield "district: a street lies in the district that is its parent"
        if self.kind is UnitKind.STREET and self.parent.isdigit() and not self.code.startswith(self.parent):
            yield f"code: {self.code} is not a division code of {self.parent}"
        if self.kind not in _IN_DISTRICTS and self.district:
            yield f"district: a {self.kind} is city-wide and lies in none"


def about_units(rows: list[tuple[int, UnitRow]]) -> Iterator[tuple[int | None, str]]:
    """Faults between rows, with their lines: codes and names twice, parents that are none, missing bodies."""
    by_code = {row.code: row for _, row in rows}
    code_at: dict[str, int] = {}
    name_at: dict[tuple[str, str], int] = {}
    for line, row in rows:
        seen = code_at.setdefault(row.code, line)
        if seen != line:
            yield line, f"code: {row.code} stands already on line {seen}"
        # 八里庄街道 is in 朝阳 and in 海淀: a name is unique inside its district only.
        seen = name_at.setdefault((row.district, row.name), line)
        if seen != line:
            yield line, f"name: {row.name} stands already on line {seen}"
        wrong = _about_parent(row, by_code)
        if wrong:
            yield line, wrong
    counts = Counter(row.kind for _, row in rows)
    for kind in _ONE_EACH:
        if counts[kind] != 1:
            yield None, f"must hold exactly one {kind}, has {counts[kind]}"


def _about_parent(row: UnitRow, by_code: Mapping[str, UnitRow]) -> str:
    if row.kind is UnitKind.MUNICIPALITY:
        return "parent: the municipality has none" if row.parent else ""
    above = by_code.get(row.parent)
    if above is None:
        return f"parent: there is no unit {row.parent!r}"
    if row.kind is UnitKind.STREET and above.kind is not UnitKind.DISTRICT:
        return f"parent: a street stands under a district, {row.parent} is a {above.kind}"
    if row.kind is UnitKind.COMMUNITY:
        return "" if above.kind is UnitKind.STREET else f"parent: a community lies in a street, {row.parent} is none"
    if row.kind is not UnitKind.STREET and above.kind not in _ONE_EACH:
        return f"parent: a {row.kind} stands under a municipal body, {row.parent} is a {above.kind}"
    if row.parent == row.code:
        return "parent: a unit is not its own parent"
    return ""
