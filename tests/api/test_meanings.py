"""Every refusal has a meaning over HTTP, and no meaning is left over."""

import ast
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from api.meanings import MEANINGS

ROOT = Path(__file__).parents[2]


CODE_AT = {"Refusal": 0, "ProblemError": 0, "answer": 0, "refuse": 3}
"""Where the code stands among the arguments of what refuses."""


def literals(*folders: str) -> Iterator[str]:
    """Every code that is written down in `folders`; fails on one that cannot be read there."""
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (place := CODE_AT.get(_called(node), 99)) < len(node.args):
                yield from _codes(node.args[place], tree, path)


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _codes(argument: ast.expr, tree: ast.Module, path: Path) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp(body=body, orelse=orelse):
            yield from _codes(body, tree, path)
            yield from _codes(orelse, tree, path)
        case ast.Name(id="code"):
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code":
                    yield from _codes(node.value, tree, path)
        case ast.Attribute(attr="code") | ast.Call():
            return  # passed on from where it is written down
        case _:
            raise AssertionError(f"{path}: {ast.unparse(argument)} is no code that can be checked")


RULES = set(literals("domain", "activities", "workflows"))
DOORS = set(literals("api"))
BY_STATUS = {"not_found", "method_not_allowed", "malformed_body"}
"""Codes for what the framework refuses by status."""


def test_the_search_finds_what_rules_and_doors_raise() -> None:
    assert {"wrong_stage", "closed", "not_lead_unit", "unknown_item", "extension_too_late"} <= RULES
    assert {"unauthenticated", "forbidden", "idempotency_key_reused", "bad_cursor", "busy"} <= DOORS


def test_every_refusal_of_a_rule_has_a_meaning() -> None:
    assert sorted(RULES - set(MEANINGS)) == []


def test_every_problem_of_the_api_has_a_meaning() -> None:
    assert sorted(DOORS - set(MEANINGS)) == []


def test_no_meaning_is_left_over() -> None:
    assert sorted(set(MEANINGS) - RULES - DOORS - BY_STATUS) == []


@pytest.mark.parametrize("code", sorted(MEANINGS))
def test_a_meaning_says_what_is_wrong_and_how_to_mend_it(code: str) -> None:
    meaning = MEANINGS[code]
    assert meaning.status >= 400
    assert (meaning.status >= 500) == (meaning.status is HTTPStatus.SERVICE_UNAVAILABLE)
    for sentence in (meaning.what, meaning.mend):
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence.startswith(("press", "a "))
