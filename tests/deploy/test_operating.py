"""docs/operating.md tells the truth: settings, attributes, log lines and commands are those of the code."""

import re
import shlex

import pytest
from temporalio.api.enums.v1 import IndexedValueType
from typer.core import TyperGroup
from typer.main import get_command

from cli.main import app
from tests.deploy.project import ROOT, documented, read, services, settings, wheel_packages
from workflows.attributes import REGISTERED

GUIDE = read("docs/operating.md")
CODE = "\n".join(path.read_text(encoding="utf-8") for name in wheel_packages() for path in (ROOT / name).rglob("*.py"))
COMMANDS = sorted(
    set(re.findall(r"(?:`|exec api )hotline ([a-z]+(?: [a-z]+)*)", GUIDE))
    | set(re.findall(r"--no-deps prepare ([a-z]+(?: [a-z]+)*)", GUIDE))
)


def rows(heading: str) -> list[list[str]]:
    """The cells of the table whose first column is called `heading`."""
    table = re.search(rf"^\| {heading} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", GUIDE, flags=re.MULTILINE)
    assert table is not None, heading
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in table[1].splitlines()]


def blocks(kind: str) -> list[str]:
    """Fenced blocks of a kind, without the indent of a list."""
    return [
        re.sub(r"^ +", "", text, flags=re.M) for text in re.findall(rf"```{kind}\n(.*?)```", GUIDE, flags=re.DOTALL)
    ]


def test_every_setting_stands_in_the_table_with_its_default() -> None:
    told = {name.strip("` "): default.strip("` ") for name, default, _ in rows("variable")}
    assert told == settings()


def test_every_search_attribute_stands_in_the_table_with_its_type() -> None:
    told = {name.strip("` "): kind for name, kind, _ in rows("attribute")}
    kinds = {name: IndexedValueType.Name(kind) for name, kind in REGISTERED.items()}
    assert {name: f"INDEXED_VALUE_TYPE_{kind.upper()}" for name, kind in told.items()} == kinds


def test_log_lines_are_those_that_the_code_writes() -> None:
    for event, where, _ in rows("event"):
        written = re.search(rf'_log\.(warning|error|critical)\("{event.strip("` ")}"', CODE)
        assert written or "SDK" in where, event


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_that_is_named_exists(words: str) -> None:
    command = get_command(app)
    for word in words.split():
        if not isinstance(command, TyperGroup):
            break  # what follows are arguments
        assert word in command.commands, f"hotline {words}"
        command = command.commands[word]


def test_the_guide_names_some_commands() -> None:
    assert len(COMMANDS) > 8


def test_compose_commands_name_services_that_exist() -> None:
    named: set[str] = set()
    for line in "\n".join(blocks("sh")).replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        if words[:3] in (["docker", "compose", "exec"], ["docker", "compose", "run"]):
            named.add(next(word for word in words[3:] if not word.startswith("-")))
    assert {"api", "postgres", "prepare", "temporal-cli"} <= named <= set(services())


def test_a_file_that_is_named_is_there() -> None:
    for path in re.findall(r"`((?:deploy|api|docs)/[a-z./_-]+)`", GUIDE):
        assert (ROOT / path).exists(), path


def test_ports_are_those_of_the_deployment() -> None:
    assert f"http://127.0.0.1:{documented()['API_PORT']}/docs" in GUIDE
    assert f"http://127.0.0.1:{documented()['UI_PORT']}" in GUIDE
