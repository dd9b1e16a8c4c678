"""Writes docs/rules.md from the rules and from the names of the tests: `python -m tests.docs.rules_table`."""

import ast
import functools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from tests.docs.rules import LIMITS, OUTSIDE, RULES, Limit, Outside, Rule

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "rules.md"
COMMAND = ".venv/bin/python -m tests.docs.rules_table"
_NAME = re.compile(r"test_((?:r\d+_)+)(\w+)")

Proofs = Mapping[int, Mapping[str, Sequence[str]]]
"""Tests of each rule by their file, as sentences."""

HEAD = f"""# The rules, where they stand and what proves them

Written by `{COMMAND}` from `tests/docs/rules.py` and from the names of the tests; a test
fails when this page is not what that command writes, when a rule has no test that bears its number, and when a file or
a policy value named here does not exist. `条例` is the 《北京市接诉即办工作条例》 of 2021-09-24. Policy values are keys
of `policy/limits`, in force by date and pinned on the complaint; `tiers.*` means each tier's own.
"""


@functools.cache
def proofs() -> Proofs:
    """Every test whose name begins with the numbers of the rules it proves."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name in _tests_in(path):
            if named := _NAME.fullmatch(name):
                for number in re.findall(r"\d+", named[1]):
                    found[int(number)][path.relative_to(ROOT).as_posix()].append(named[2].replace("_", " "))
    return found


def _tests_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name


def limit_keys() -> frozenset[str]:
    """Every key of the newest limits file, dotted; a tier's own under `tiers.*`."""
    newest = max((ROOT / "policy" / "limits").glob("*.toml"))
    table = tomllib.loads(newest.read_text(encoding="utf-8"))
    return frozenset(re.sub(r"^tiers\.[^.]+", "tiers.*", key) for key in _dotted(table, ""))


def _dotted(table: Mapping[str, object], before: str) -> Iterator[str]:
    for key, value in table.items():
        yield f"{before}{key}"
        if isinstance(value, dict):
            yield from _dotted(cast("dict[str, object]", value), f"{before}{key}.")


def page() -> str:
    """The whole page."""
    found = proofs()
    parts = [HEAD, "## Rules\n", _rules(found), "## Limits without a number (rules §5)\n", _limits()]
    parts += ["## Not in this product yet\n", _outside(), "## What the tests say\n", _sentences(found)]
    return "\n".join(parts)


def _rules(found: Proofs) -> str:
    rows = [_rule(rule, found.get(rule.number, {})) for rule in RULES]
    return _table(("rule", "asks for", "source", "held by", "policy", "tests"), rows)


def _rule(rule: Rule, tests: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    count = sum(len(names) for names in tests.values())
    link = f"[{count}](#r{rule.number})"
    return f"R{rule.number}", rule.asks, rule.source, _named(rule.held), _named(rule.policy), link


def _limits() -> str:
    def row(limit: Limit) -> tuple[str, ...]:
        return limit.name, limit.source, _named(limit.held), _named(limit.policy), _named(limit.tests)

    return _table(("limit", "source", "held by", "policy", "tests"), [row(limit) for limit in LIMITS])


def _outside() -> str:
    def row(rule: Outside) -> tuple[str, ...]:
        return f"R{rule.number}", rule.asks, rule.source, rule.kept

    return _table(("rule", "asks for", "source", "kept already"), [row(rule) for rule in OUTSIDE])


def _sentences(found: Proofs) -> str:
    lines: list[str] = []
    for rule in RULES:
        lines += [f"### R{rule.number}", ""]
        for file, names in found.get(rule.number, {}).items():
            lines += [f"`{file}`", "", *(f"- {name}" for name in names), ""]
    return "\n".join(lines)


def _named(names: Sequence[str]) -> str:
    return "<br>".join(f"`{name}`" for name in names) or "–"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
