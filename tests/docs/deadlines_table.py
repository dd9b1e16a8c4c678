"""Writes docs/deadlines.md from the deadlines computed by hand: `python -m tests.docs.deadlines_table`."""

from tests.docs.rules_table import ROOT
from tests.domain.by_hand import HAND, ByHand, Limit
from tests.domain.city import book, when

PAGE = ROOT / "docs" / "deadlines.md"
COMMAND = ".venv/bin/python -m tests.docs.deadlines_table"
_COUNTED = {
    "hours": "natural hours",
    "elapsed": "elapsed",
    "calendar_days": "calendar days",
    "working_days": "working days",
}
_HEAD = ("", "complaint", "item", "tier, counted in", "dispatched", "then", "day by day", "due")

HEAD = f"""# Deadlines computed by hand

`hotline policy whatif TICKET` explains every deadline of a ticket: under which policy version and since when that is in
force, which limit, from when, which days counted, which did not and why, which calendar moved it. It counts day by day,
apart from the code that sets deadlines, and exits with 1 where the journal says otherwise. `--policy VERSION` and
`--item CODE` add what another policy, applied or still in the files, or another matter would have made of it.

Written by `{COMMAND}` from `tests/domain/by_hand.py`. The days
were counted by hand from the calendars that the State Council published and the limits in `policy/limits`;
`tests/domain/test_ten_deadlines.py` takes each complaint through its life by the system's own commands and clocks, and
fails where either the deadline or one day of its explanation differs. Beijing time; 00:00 of a day is 24:00 of the day
before.

"""


def page() -> str:
    """The whole page."""
    rows = [_HEAD, ("---",) * len(_HEAD), *(_row(number, case) for number, case in enumerate(HAND, start=1))]
    return HEAD + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _row(number: int, case: ByHand) -> tuple[str, ...]:
    item = f"{case.item} {book().items[case.item].level3}"
    counted = f"{case.tier}, {_COUNTED[case.day_kind]}" + (", sign-in" if case.about == "sign_in" else "")
    then = "<br>".join(f"{_short(then.at)} {then.words}" for then in case.then)
    days = "<br>".join(_limit(limit) for limit in case.limits)
    due = f"**{_at(case.limits[-1].end)}**" + (" provisional" if case.provisional else "")
    return str(number), case.case, item, counted, _at(case.start), then, days, due


def _limit(limit: Limit) -> str:
    return f"{'; '.join(filter(None, [limit.days, limit.sum]))} → {_short(limit.end)}"


def _at(instant: str) -> str:
    return f"{when(instant):%a %Y-%m-%d %H:%M}"


def _short(instant: str) -> str:
    return f"{when(instant):%m-%d %H:%M}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
