"""Keeps histories of a few lives, which later releases have to replay: `python -m tests.workflows.record_histories`.

Run it once for a release, on the code of that release, and commit what it writes; never write a release anew, because
complaints that were begun under it still run. Not collected by a plain pytest run, since its name does not begin with
test_; started as a program it hands itself to pytest, for the engine, the database and the city of the other tests.
"""

import json
import sys
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from domain.actor import Role
from tests.city import DISTRICT, STREET, City
from tests.workflows.lives import BAD, GOOD, report_done, reported_done, signed_in

HISTORIES = Path(__file__).parent / "histories"
RELEASE = version("hotline")
OTHER_STREET = "110108005"
FILES = [{"form": "picture", "reference": "unit/2026/11/22/plan.png", "size_bytes": 48_000}]


async def ordinary(city: City) -> str:
    """Signed in, contacted, done, called back."""
    ticket_no = await reported_done(city)
    await city.done(ticket_no, "callback", Role.SEAT, reached=True, **GOOD)
    return ticket_no


async def told(city: City) -> str:
    """Not dispatched: a matter for the courts."""
    return await city.take_in(item="280101")


async def confirmed(city: City) -> str:
    """A seat says what it is about; the complainant withdraws."""
    ticket_no = await city.take_in(item="", matter="你好我想反映一个情况")
    await city.done(ticket_no, "classification", Role.SEAT, item="010301", street=STREET)
    await city.done(ticket_no, "supplement", Role.FRONTEND, note="补充")
    await city.done(ticket_no, "withdrawal", Role.FRONTEND)
    return ticket_no


async def objected(city: City) -> str:
    """An objection upheld after the arbitration was late; the next unit explains."""
    ticket_no = await city.take_in()
    await city.done(ticket_no, "objection", Role.UNIT, STREET, ground="not_my_area", note="不在本辖区")
    await city.ring(ticket_no, "objection_decision")
    await city.done(ticket_no, "objection-decision", Role.BUREAU, upheld=True, unit=OTHER_STREET, note="属实")
    await city.done(ticket_no, "sign-in", Role.UNIT, OTHER_STREET)
    await city.done(ticket_no, "report-done", Role.UNIT, OTHER_STREET, done_as="explained", evidence=FILES, note="无法")
    await city.done(ticket_no, "approval", Role.SEAT, approved=True, note="属实")
    await city.ring(ticket_no, "callback_form")
    return ticket_no


async def helped(city: City) -> str:
    """Co-handled, whistled for, extended, reworked."""
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "co-handling", Role.UNIT, STREET, units=["D-SHWJ"])
    await city.done(ticket_no, "whistle", Role.UNIT, STREET, units=["D-ZJW"])
    await city.done(ticket_no, "report-in", Role.UNIT, "D-ZJW")
    await city.done(ticket_no, "extension-request", Role.UNIT, STREET, ground="weather", days=5, note="雨季")
    await city.done(ticket_no, "extension-decision", Role.SEAT, granted=True)
    for unit in ("D-SHWJ", "D-ZJW"):
        await city.done(ticket_no, "co-handling-report", Role.UNIT, unit, finished=True, note="已配合")
    await report_done(city, ticket_no)
    await city.done(ticket_no, "evaluation", Role.FRONTEND, **BAD)
    await report_done(city, ticket_no)
    await city.done(ticket_no, "evaluation", Role.FRONTEND, **GOOD)
    return ticket_no


async def overdue(city: City) -> str:
    """Let lie until the district takes it over; still open, as most complaints are when a release changes."""
    ticket_no = await city.take_in(item="010301")
    await city.ring(ticket_no, "escalation")
    await city.done(ticket_no, "opinion", Role.UNIT, DISTRICT, opinion="take_over", note="由区政府办理")
    await city.done(ticket_no, "sign-in", Role.UNIT, DISTRICT)
    return ticket_no


async def consulted(city: City) -> str:
    """The parties do not agree; the bureau designates; the lead unit asks to terminate."""
    ticket_no = await city.take_in(item="", matter="你好我想反映一个情况")
    await city.done(ticket_no, "consultation", Role.SEAT, units=[STREET, "D-CGW"], note="职责交叉")
    await city.ring(ticket_no, "consultation")
    await city.done(ticket_no, "consultation-decision", Role.BUREAU, unit=STREET, co_handlers=["D-CGW"], note="指定")
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    await city.done(ticket_no, "termination-request", Role.UNIT, STREET, ground="matter_gone", note="已消失")
    await city.done(ticket_no, "approval", Role.SEAT, approved=True, note="同意")
    return ticket_no


async def settled(city: City) -> str:
    """A platform says that it settled, the complainant says that it did not."""
    ticket_no = await city.take_in(against="P-WM", line="enterprise")
    await city.done(ticket_no, "settlement", Role.UNIT, "P-WM", settled=True, note="已退款")
    await city.done(ticket_no, "callback", Role.SEAT, reached=True, **BAD)
    return ticket_no


async def joined(city: City) -> str:
    """Joined to another complaint, separated, withdrawn."""
    main = await signed_in(city)
    ticket_no = await city.take_in(repeat_of=main)
    await city.done(ticket_no, "separation", Role.SEAT, note="并非同一事项")
    await city.done(ticket_no, "classification", Role.SEAT, item="010301", street=STREET)
    return ticket_no


async def repeated(city: City) -> str:
    """Another complaint is joined to it, and hears of its end."""
    main = await signed_in(city)
    await city.take_in(repeat_of=main, new_facts=True)
    await city.hear(main)
    await report_done(city, main)
    await city.done(main, "callback", Role.SEAT, reached=True, **GOOD)
    return main


LIVES: tuple[Callable[[City], Awaitable[str]], ...] = (
    *(ordinary, told, confirmed, objected, helped, overdue),
    *(consulted, settled, joined, repeated),
)


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
async def test_record(city: City, life: Callable[[City], Awaitable[str]]) -> None:
    """One life, as one JSON file."""
    handle = city.handle(await life(city))
    kept = json.loads((await handle.fetch_history()).to_json())
    _forget_the_machine(kept)
    path = HISTORIES / RELEASE / f"{life.__name__}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    written = json.dumps({"workflowId": handle.id, **kept}, indent=1, ensure_ascii=False)
    path.write_text(written + "\n", encoding="utf-8")


def _forget_the_machine(kept: Any) -> None:
    """Process and host names of whoever recorded it mean nothing later."""
    match kept:
        case dict():
            if "identity" in kept:
                kept["identity"] = "recorder"
            for each in kept.values():  # pyright: ignore[reportUnknownVariableType]
                _forget_the_machine(each)
        case list():
            for each in kept:  # pyright: ignore[reportUnknownVariableType]
                _forget_the_machine(each)
        case _:
            return


if __name__ == "__main__":
    sys.exit(pytest.main([__file__, "-q"]))
