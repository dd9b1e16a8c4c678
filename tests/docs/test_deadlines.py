"""docs/deadlines.md shows the deadlines that the system is held against, and no others."""

from tests.docs.deadlines_table import COMMAND, PAGE, page


def test_the_page_is_what_the_command_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"write it again: {COMMAND}"
