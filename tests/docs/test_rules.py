"""docs/rules.md says what is so: every rule has its tests, its files and its policy values."""

import pytest

from tests.docs.rules import LIMITS, OUTSIDE, RULES, Limit, Rule
from tests.docs.rules_table import COMMAND, PAGE, ROOT, limit_keys, page, proofs

NUMBERED = pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"R{rule.number}")
ROWS = pytest.mark.parametrize("row", [*RULES, *LIMITS], ids=lambda row: getattr(row, "name", "") or f"R{row.number}")


def test_every_rule_is_on_the_page_once() -> None:
    assert [rule.number for rule in RULES] == [*range(1, 33), 44, 45]
    assert [rule.number for rule in OUTSIDE] == [*range(33, 44)]


@NUMBERED
def test_every_rule_has_a_test_that_bears_its_number(rule: Rule) -> None:
    assert proofs().get(rule.number), f"no test is named test_r{rule.number:02}_…"


@ROWS
def test_every_file_that_a_rule_names_exists(row: Rule | Limit) -> None:
    named = [*row.held, *(name for name in row.policy if name.startswith("policy/"))]
    named += row.tests if isinstance(row, Limit) else ()
    assert [name for name in named if not (ROOT / name).exists()] == []


@ROWS
def test_every_policy_value_that_a_rule_names_stands_in_the_limits(row: Rule | Limit) -> None:
    named = {name for name in row.policy if not name.startswith("policy/")}
    assert named <= limit_keys()


def test_every_limit_without_a_number_has_tests() -> None:
    for limit in LIMITS:
        for file in limit.tests:
            assert "def test_" in (ROOT / file).read_text(encoding="utf-8")


def test_the_page_is_what_the_command_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"write it again: {COMMAND}"
