"""The life of one complaint as its cast plays it: look where it stands, do what one would do, let time pass."""

import asyncio
import random
from datetime import datetime, timedelta

from demo.caller import Caller, Json
from demo.messages import Message
from demo.notes import NOTES
from demo.part import Part
from demo.temper import Temper
from domain.actor import Role

_HOUR = timedelta(hours=1)
_MOST_SCENES = 60
_HELPERS = ("D-CGW", "D-ZJW", "D-CGZFJ")
_FILE = {"form": "picture", "reference": "unit/2026/11/22/drawing.png", "size_bytes": 88_123}
_OPINIONS: dict[str, Json] = {
    "is extended by an opinion": {"opinion": "extend"},
    "is reassigned by an opinion": {"opinion": "reassign"},
    "is co-handled by an opinion": {"opinion": "order_co_handling", "units": ["D-JTW"]},
    "is taken over": {"opinion": "take_over"},
}
_DEPARTMENTS = "130103"
"""An item that is a department's duty."""
_ESCALATED = {*_OPINIONS, "goes before a line department"}


class Life:
    """One complaint, its temper, and the units that could take it."""

    def __init__(
        self,
        caller: Caller,
        ticket_no: str,
        message: Message | None,
        temper: Temper,
        part: Part,
        seed: str,
        units: list[str],
        phone: str,
    ) -> None:
        self._caller = caller
        self._ticket_no = ticket_no
        self._message = message
        self._temper = temper
        self._chance = random.Random(seed)
        self._part = part.name
        self._units = units
        self._phone = phone
        self._line = ""
        self._bad_answers = 0
        self._done: set[str] = set()

    async def play(self) -> bool:
        """Until it is closed; False when it waits for another complaint, and is to be played on later."""
        for _ in range(_MOST_SCENES):
            ticket = await self._taken_up()
            match ticket["stage"]:
                case "closed":
                    return True
                case "joined":
                    if self._part != "is joined wrongly" or not self._once("is separated"):
                        return False
                    await self._act("separation", Role.SEAT)
                case "confirmation":
                    await self._confirm(ticket)
                case "consultation":
                    await self._consult(ticket)
                case "settlement":
                    settled = self._part == "platform settles"
                    await self._act("settlement", Role.UNIT, ticket["lead"], settled=settled)
                case "objection":
                    await self._arbitrate(ticket)
                case "callback":
                    await self._call_back(ticket)
                case _:
                    await self._handle(ticket)
        raise AssertionError(f"{self._ticket_no} does not end: {await self._look()}")

    async def _taken_up(self) -> Json:
        """The ticket once the engine has taken it up; while the engine is away it waits, and loses nothing."""
        while (ticket := await self._look())["stage"] == "received":  # noqa: ASYNC110 - seen over HTTP only
            await asyncio.sleep(0.3)
        return ticket

    async def _confirm(self, ticket: Json) -> None:
        if (self._temper.slow_seat or self._part == "is forgotten by the seat") and self._once("slow seat"):
            await self._until_next_clock(ticket)
            return
        if self._part.startswith("is consulted on"):
            await self._act("consultation", Role.SEAT, units=[self._chance.choice(self._units), "D-CGW", "D-SHWJ"])
            return
        if self._part == "is sent down to a street" and self._once("is sent down"):
            street = self._chance.choice(self._units)
            await self._act("classification", Role.SEAT, item=_DEPARTMENTS, street=street, unit=street)
            await self._act("classification", Role.SEAT, item=_DEPARTMENTS, street=street)
            return
        known = self._message
        item = known.item if known and known.item else ticket["item"]
        street = known.street if known and known.street else ticket["street"] or self._chance.choice(self._units)
        await self._act("classification", Role.SEAT, item=item, street=street)
        if (await self._look())["stage"] == "confirmation":
            await self._act("classification", Role.SEAT, item=item, street=street, unit=street)

    async def _consult(self, ticket: Json) -> None:
        if self._part == "is consulted on in vain" and self._once("no agreement"):
            await self._until_next_clock(ticket)
            return
        street = next(unit for unit in ticket["units"] if not unit.startswith("D-"))
        if self._once("states"):
            await self._act("consultation-statement", Role.UNIT, "D-CGW", takes="co_handling")
        by = Role.SEAT if self._part == "is consulted on" else Role.BUREAU
        await self._act("consultation-decision", by, unit=street, co_handlers=["D-CGW"])
        if (await self._look())["stage"] == "consultation":  # a department's duty is no street's (R19)
            await self._act("consultation-decision", by, unit="D-SHWJ", co_handlers=["D-CGW"])

    async def _arbitrate(self, ticket: Json) -> None:
        await self._pass(ticket, 3 * _HOUR)
        other = self._chance.choice([unit for unit in self._units if unit != ticket["lead"]])
        upheld = self._temper.arbiter_agrees
        await self._act("objection-decision", Role.BUREAU, upheld=upheld, unit=other if upheld else "")
        if (await self._look())["stage"] == "objection":  # a department's duty is no street's (R19)
            await self._act("objection-decision", Role.BUREAU, upheld=False)

    async def _handle(self, ticket: Json) -> None:
        temper, standing = self._temper, ticket["standing"]
        if temper.withdraws and self._once("withdraws"):
            await self._act("withdrawal", Role.SEAT)
        elif (temper.supplements or self._part == "follows it themselves") and self._once("supplements"):
            await self._supplement()
        elif self._part == "abuses the hotline" and self._once("abuses"):
            await self._act("dissuasion", Role.SEAT, measure="dissuaded")
        elif self._part == "is meddled with" and ticket["lead"] != ticket["district"] and self._once("meddles"):
            await self._act("report-done", Role.UNIT, ticket["district"], done_as="resolved")
            await self._act("supervision", Role.UNIT, ticket["district"])
        elif standing["opinion_from"]:
            await self._opine(ticket)
        elif not standing["signed_in"]:
            await self._sign_in(ticket)
        elif temper.silent_unit and not ticket["overdue"]:
            await self._until_next_clock(ticket)
        elif temper.silent_unit and self._once("silent for long"):
            await self._pass(ticket, timedelta(days=9))
        else:
            await self._work(ticket)

    async def _sign_in(self, ticket: Json) -> None:
        lead = ticket["lead"]
        if self._temper.objects and self._once("objects"):
            await self._act("objection", Role.UNIT, lead, ground="not_my_duty")
            if (await self._look())["stage"] == "objection":
                return
        if self._temper.late_sign_in and self._once("signs in late"):
            await self._until_next_clock(ticket)
        await self._act("sign-in", Role.UNIT, lead)
        if self._temper.clumsy:
            await self._act("sign-in", Role.UNIT, lead)
        await self._act("contact", Role.UNIT, lead, reached=not self._temper.silent_unit)

    async def _work(self, ticket: Json) -> None:
        temper, lead, standing = self._temper, ticket["lead"], ticket["standing"]
        if standing["extension_pending"]:
            await self._act("extension-decision", Role.SEAT, granted=temper.extension_granted)
        elif standing["approval_pending"]:
            await self._act("approval", Role.SEAT, approved=not temper.clumsy or not self._once("is denied"))
        elif self._part in _ESCALATED and self._once("escalates"):
            await self._escalate(ticket)
        elif self._part == "is terminated" and self._once("terminates"):
            await self._act("termination-request", Role.UNIT, lead, ground="matter_gone")
        elif standing["co_handlers"] and not (temper.overrides and not self._once("waits for helpers")):
            await self._help(ticket)
        elif temper.extends and self._once("extends"):
            span = {"hours": 12} if ticket["tier"] == "24h" else {"days": 5}
            await self._act("extension-request", Role.UNIT, lead, ground="construction", **span)
        elif (temper.needs_help or self._part == "is whistled for in vain") and self._once("needs help"):
            whistles = temper.whistles or self._part == "is whistled for in vain"
            call = "whistle" if whistles and len(lead) == 9 else "co-handling"
            helpers = [unit for unit in _HELPERS if unit != lead][:2]
            await self._act(call, Role.UNIT, lead, units=helpers)
        elif temper.asks_government and self._once("asks government"):
            await self._act("escalation", Role.UNIT, lead, level="municipality")
        elif self._once("works"):
            await self._act("progress", Role.UNIT, lead)
            await self._pass(ticket, self._chance.uniform(0.1, 0.9) * self._left(ticket))
        else:
            await self._report(ticket)

    async def _help(self, ticket: Json) -> None:
        if self._temper.slow_helper and self._once("helpers are slow"):
            await self._until_next_clock(ticket)
            return
        for unit in ticket["standing"]["co_handlers"]:
            if self._part == "is whistled for in vain" and self._once(f"{unit} refuses"):
                await self._act("report-in", Role.UNIT, unit, present=False)
            elif self._temper.whistles:
                await self._act("report-in", Role.UNIT, unit)
            await self._act("co-handling-report", Role.UNIT, unit, finished=True)

    async def _escalate(self, ticket: Json) -> None:
        """Before a line department, or before the district, from where the municipality is one step up."""
        if self._part == "goes before a line department":
            await self._act("escalation", Role.UNIT, ticket["lead"], level="department", unit="D-CGW")
        else:
            level = "municipality" if ticket["lead"] == ticket["district"] else "district"
            await self._act("escalation", Role.UNIT, ticket["lead"], level=level)

    async def _opine(self, ticket: Json) -> None:
        await self._pass(ticket, _HOUR if self._part in _ESCALATED else 20 * _HOUR)
        government = (await self._look())["standing"]["opinion_from"]
        role = Role.MUNICIPALITY if government.startswith("M-") else Role.UNIT
        body = _OPINIONS.get(self._part, {"opinion": "press"}) if self._once("has an opinion") else {"opinion": "press"}
        if body["opinion"] == "extend":
            body |= {"hours": 12} if ticket["tier"] == "24h" else {"days": 3}
        if body["opinion"] == "reassign":
            body |= {"units": [ticket["district"]]}
        await self._act("opinion", role, government, **body)
        if (await self._look())["standing"]["opinion_from"] == government:
            await self._act("opinion", role, government, opinion="press")

    async def _report(self, ticket: Json) -> None:
        explains = self._temper.explains or self._part == "cannot be resolved"
        done_as = "explained" if explains else "resolved"
        still_open = bool(ticket["standing"]["co_handlers"])
        if still_open and self._temper.clumsy:
            await self._act("report-done", Role.UNIT, ticket["lead"], done_as=done_as)
        body: Json = {"done_as": done_as, "override": still_open, "evidence": [_FILE] if explains else []}
        await self._act("report-done", Role.UNIT, ticket["lead"], **body)
        self._done.discard("works")

    async def _call_back(self, ticket: Json) -> None:
        form = ticket["next_clock"].startswith("callback_form")
        if self._part == "follows it themselves":
            said = {"contacted": True, "resolved": "yes", "satisfied": "satisfied"}
            await self._caller.own(f"/v1/my/complaints/{self._ticket_no}/evaluation", self._phone, **said)
        elif not self._temper.unreachable:
            await self._answer("callback", {"reached": True})
        elif form and self._temper.uses_form:
            await self._answer("evaluation", {})
        elif form or self._chance.random() < 0.2:
            await self._until_next_clock(ticket)
        else:
            await self._pass(ticket, self._until(ticket) - timedelta(minutes=30))
            await self._act("callback", Role.SEAT, reached=False)

    async def _answer(self, action: str, more: Json) -> None:
        happy = self._bad_answers >= self._temper.dissatisfied
        self._bad_answers += not happy
        satisfied = self._chance.choice(("very_satisfied", "satisfied", "basically_satisfied"))
        said = {"resolved": "yes", "satisfied": satisfied} if happy else {"resolved": "no", "satisfied": "dissatisfied"}
        await self._act(action, Role.SEAT, contacted=not self._temper.silent_unit, **said, **more)

    async def _supplement(self) -> None:
        if self._part == "follows it themselves":
            await self._caller.own(f"/v1/my/complaints/{self._ticket_no}/supplement", self._phone, note="昨天又来了。")
        else:
            await self._act("supplement", Role.SEAT)

    async def _act(self, action: str, role: Role, unit: str = "", /, **body: object) -> None:
        note = {"note": NOTES[action]} if action in NOTES else {}
        if role is Role.SEAT and self._line == "minors":
            unit = "M-MINORS"  # a line that other seats do not even see (R8)
        await self._caller.post(f"/v1/complaints/{self._ticket_no}/{action}", role, unit, **body, **note)

    async def _look(self) -> Json:
        ticket = await self._caller.get(f"/v1/complaints/{self._ticket_no}", Role.ADMIN)
        self._line = ticket["line"]
        return ticket

    async def _pass(self, ticket: Json, span: timedelta) -> None:
        if span > timedelta():
            await self._caller.skip(ticket["ticket_no"], span)

    async def _until_next_clock(self, ticket: Json) -> None:
        await self._pass(ticket, self._until(ticket) + timedelta(minutes=1))

    def _until(self, ticket: Json) -> timedelta:
        """From the last thing that happened to the next clock; time since then has passed in vain."""
        return _instant(ticket["next_due"]) - _instant(ticket["standing"]["as_of"])

    def _left(self, ticket: Json) -> timedelta:
        return _instant(ticket["due"]) - _instant(ticket["standing"]["as_of"])

    def _once(self, what: str) -> bool:
        """True the first time only."""
        fresh = what not in self._done
        self._done.add(what)
        return fresh


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written)
