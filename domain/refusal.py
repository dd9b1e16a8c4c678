"""The one way a rule says no."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Fact: TypeAlias = str | int | bool | list[Any] | dict[str, Any] | None
"""What a fact may be made of, so that it means the same in JSON, in SQL and in a hash."""


class Refusal(Exception):
    """A command that the rules do not allow now. `code` names the rule that said no, `facts` why; nothing changed."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, Fact] = facts
