"""A TOML file knows on which line each of its keys stands, however the table is written."""

from pathlib import Path

import pytest

from rulebook.toml_text import Place, TomlText, read_toml

TEXT = """\
# year = 1
year = 2026
a.b = 1

[tiers."2h"] # urgent
"sign in" = "30m"
hours = [
  1,
]

[[day]]
date = 2026-01-01
[[day]]
date = 2026-01-02
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("year",), 2),
        (("a", "b"), 3),
        (("tiers", "2h"), 5),
        (("tiers", "2h", "sign in"), 6),
        (("tiers", "2h", "hours", 0), 7),
        (("tiers", "2h", "absent"), 5),
        (("day", 0, "date"), 12),
        (("day", 1, "date"), 14),
        (("absent",), None),
    ],
)
def test_the_line_of_a_place(tmp_path: Path, place: Place, line: int | None) -> None:
    path = tmp_path / "a.toml"
    path.write_text(TEXT, encoding="utf-8")
    text = read_toml(path, "a.toml")
    assert isinstance(text, TomlText)
    assert text.line_of(place) == line
