"""What is wrong with a policy folder, told so that its author can go to the line and mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PolicyFault:
    """One fault: `file` relative to the policy folder, `line` counted from 1 or None for the file as a whole."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.reason}"


class BadPolicy(Exception):
    """The folder is refused whole, with every fault found and none twice, in the order of files and lines."""

    def __init__(self, faults: Iterable[PolicyFault]) -> None:
        unique = dict.fromkeys(faults)
        self.faults = tuple(sorted(unique, key=lambda fault: (fault.file, fault.line or 0)))
        super().__init__("\n".join(str(fault) for fault in self.faults))
