"""Complaints about the same matter: joined, told, separated (R12, R13, R30)."""

from datetime import timedelta

import pytest

from api.delivery import Delivery
from api.gateway import Answer, Applied, Gateway, Refused
from domain.actor import Actor, Role
from domain.events import Closed, Joined, MainEnded, RepeatCounted, SupervisionRaised
from domain.refusal import Fact
from tests.city import ORDINARY, STREET, City
from tests.workflows.lives import GOOD, agree, report_done, signed_in


@pytest.fixture
async def main(city: City) -> str:
    """A complaint that is handled."""
    return await signed_in(city)


async def test_r13_a_repeat_is_joined_counted_and_not_dispatched_again(city: City, main: str) -> None:
    repeat = await city.take_in(repeat_of=main)
    ticket = await city.ticket(repeat)
    assert (ticket["stage"], ticket["main"], ticket["lead"]) == ("joined", main, "")
    told = (await city.hear(main))["standing"]
    assert (told["joined"], told["repeats"]) == (1, 1)
    assert "Dispatched" not in await city.kinds(repeat)
    await agree(city, repeat)
    await agree(city, main)


async def test_r13_whoever_is_joined_is_told_when_the_matter_ends(city: City, main: str) -> None:
    repeat = await city.take_in(repeat_of=main)
    await city.hear(main)
    await city.done(main, "contact", Role.UNIT, STREET, reached=True)
    await report_done(city, main)
    await city.done(main, "callback", Role.SEAT, reached=True, **GOOD)
    ticket = await city.hear(repeat)
    assert (ticket["stage"], ticket["outcome"]) == ("closed", "duplicate")
    assert await city.last(repeat, MainEnded) == MainEnded(main, (await city.last(main, Closed)).outcome)
    await agree(city, repeat)


async def test_r13_new_facts_raise_the_priority_of_the_first_ticket(city: City, main: str) -> None:
    assert not (await city.ticket(main))["urgent"]
    await city.take_in(repeat_of=main, new_facts=True)
    assert (await city.hear(main))["urgent"]


async def test_r13_a_wrong_merge_is_undone_without_loss(city: City, main: str) -> None:
    repeat = await city.take_in(repeat_of=main)
    await city.hear(main)
    await city.done(repeat, "separation", Role.SEAT, note="不是同一事项")
    ticket = await city.ticket(repeat)
    assert (ticket["stage"], ticket["main"], ticket["next_clock"]) == ("confirmation", "", "confirmation:separated")
    assert (await city.hear(main))["standing"]["joined"] == 0
    await city.done(repeat, "classification", Role.SEAT, item="010301", street=STREET)
    assert (await city.ticket(repeat))["stage"] == "handling"
    await agree(city, repeat)
    await agree(city, main)


async def test_r13_a_repeat_of_a_repeat_is_joined_to_the_first(city: City, main: str) -> None:
    second = await city.take_in(repeat_of=main)
    third = await city.take_in(repeat_of=second)
    assert (await city.ticket(third))["main"] == main


class _Ending(Gateway):
    """A workflow that has written its last row, and hears one thing more before it is gone."""

    def __init__(self, seq: int) -> None:
        self._seq = seq

    async def act(
        self,
        ticket_no: str,
        command_id: str,
        action: str,
        actor: Actor,
        facts: dict[str, Fact],
        patience: timedelta,
        *,
        in_turn: bool = False,
    ) -> Answer:
        return Refused("closed", {"action": action, "stage": "closed"}, self._seq)


async def before_a_seat(city: City) -> str:
    """A complaint whose place a seat has to say."""
    return await city.take_in(street="")


async def test_r13_a_seat_that_names_a_joined_ticket_joins_to_the_one_that_is_handled(city: City, main: str) -> None:
    second, third = await city.take_in(repeat_of=main), await before_a_seat(city)
    say = {"item": ORDINARY, "street": STREET, "repeat_of": second}
    await city.done(third, "classification", Role.SEAT, **say)
    assert (await city.ticket(third))["main"] == main
    assert (await city.hear(main))["standing"]["joined"] == 2


async def test_r13_a_seat_that_names_a_ticket_that_is_not_there_is_refused(city: City) -> None:
    ticket_no = await before_a_seat(city)
    say = {"item": ORDINARY, "street": STREET, "repeat_of": "20200101-00000001"}
    assert await city.refused(ticket_no, "classification", Role.SEAT, **say) == "unknown_repeat"
    assert (await city.ticket(ticket_no))["stage"] == "confirmation"


async def test_r13_a_complaint_is_not_joined_in_a_circle(city: City) -> None:
    first, second, third = [await before_a_seat(city) for _ in range(3)]
    for ticket_no, main in ((first, second), (second, third)):
        say = {"item": ORDINARY, "street": STREET, "repeat_of": main}
        await city.done(ticket_no, "classification", Role.SEAT, **say)
    say = {"item": ORDINARY, "street": STREET, "repeat_of": first}
    assert await city.refused(third, "classification", Role.SEAT, **say) == "repeat_of_itself"


async def test_r13_of_two_that_were_joined_to_each_other_at_one_instant_a_seat_gets_the_later(city: City) -> None:
    earlier, later = await before_a_seat(city), await before_a_seat(city)
    facts = {"item": ORDINARY, "street": STREET, "district": ""}
    for ticket_no, main in ((earlier, later), (later, earlier)):  # past the desk, which would have seen the circle
        said: dict[str, Fact] = {**facts, "repeat_of": main}
        seat = Actor(Role.SEAT, "seat")
        told = await city.rooms.gateway.act(ticket_no, main, "classification", seat, said, timedelta(seconds=10))
        assert isinstance(told, Applied)
    await city.hear(earlier)
    ticket = await city.hear(later)
    assert (ticket["stage"], ticket["main"], ticket["standing"]["joined"]) == ("confirmation", "", 1)
    ticket = await city.hear(earlier)
    assert (ticket["stage"], ticket["main"], ticket["standing"]["joined"]) == ("joined", later, 0)
    await agree(city, earlier)
    await agree(city, later)


async def test_r13_a_repeat_that_comes_to_a_ticket_that_is_just_ending_is_told_the_end(city: City, main: str) -> None:
    repeat = await city.take_in(repeat_of=main)
    await city.done(main, "withdrawal", Role.SEAT)
    ended = await city.ticket(main)
    assert (ended["stage"], ended["standing"]["joined"]) == ("closed", 0)
    command = (await city.waiting(main))[0]
    delivery = Delivery(city.rooms.pool, _Ending(ended["standing"]["seq"]))
    answered = await delivery.deliver(command, timedelta(seconds=5))
    assert (answered.state, answered.code) == ("refused", "closed")
    assert (await city.hear(repeat))["stage"] == "confirmation", "its complainant withdrew for nobody else (R13)"


async def test_r13_who_was_separated_as_it_ended_and_is_joined_again_is_told_the_end(city: City, main: str) -> None:
    repeat = await city.take_in(repeat_of=main)
    await city.hear(main)
    await city.done(main, "withdrawal", Role.SEAT)
    await city.done(repeat, "separation", Role.SEAT, note="不是同一事项")
    assert (await city.hear(repeat))["stage"] == "confirmation"
    again = {"item": ORDINARY, "street": STREET, "repeat_of": main}
    await city.done(repeat, "classification", Role.SEAT, **again)
    await city.hear(main)
    await city.hear(repeat)
    assert [event.main for event in await ended(city, repeat)] == [main]


async def ended(city: City, ticket_no: str) -> list[MainEnded]:
    """The ends of other tickets that a complaint has heard of."""
    return [row.event for row in await city.rows(ticket_no) if isinstance(row.event, MainEnded)]


async def test_r12_a_repeat_of_an_ended_matter_is_told_its_result(city: City, main: str) -> None:
    await city.done(main, "withdrawal", Role.SEAT)
    repeat = await city.take_in(repeat_of=main)
    ticket = await city.ticket(repeat)
    assert (ticket["stage"], ticket["outcome"]) == ("closed", "duplicate")


async def test_r12_a_repeat_of_an_ended_matter_with_new_facts_is_handled(city: City, main: str) -> None:
    await city.done(main, "withdrawal", Role.SEAT)
    repeat = await city.take_in(repeat_of=main, new_facts=True)
    assert (await city.ticket(repeat))["stage"] == "handling"
    assert "RepeatLinked" in await city.kinds(repeat)


async def test_r13_a_main_ticket_that_ends_as_it_is_joined_leaves_nobody_waiting(city: City, main: str) -> None:
    repeat = await city.take_in(repeat_of=main)
    await city.done(main, "withdrawal", Role.SEAT)
    await city.hear(main)
    ticket = await city.hear(repeat)
    assert (ticket["stage"], ticket["main"]) == ("confirmation", "")
    await agree(city, repeat)


async def test_r13_a_joined_complaint_that_is_withdrawn_is_counted_off(city: City, main: str) -> None:
    repeat = await city.take_in(repeat_of=main)
    await city.hear(main)
    await city.done(repeat, "withdrawal", Role.SEAT)
    assert (await city.hear(main))["standing"]["joined"] == 0


async def test_r13_what_one_complaint_tells_another_counts_once(city: City, main: str) -> None:
    await city.take_in(repeat_of=main)
    await city.hear(main)
    await city.rooms.pool.execute("UPDATE inbox SET acknowledged_at = NULL WHERE ticket_no = $1", main)
    await city.hear(main)
    counted = [kind for kind in await city.kinds(main) if kind == RepeatCounted.__name__]
    assert len(counted) == 1


async def test_r30_the_third_repeat_raises_the_supervision_level(city: City, main: str) -> None:
    for _ in range(3):
        await city.take_in(repeat_of=main)
    assert (await city.hear(main))["supervision_level"] == 1
    assert (await city.last(main, SupervisionRaised)).cause == "third_repeat"


async def test_r13_a_joined_complaint_is_looked_at_again_when_its_main_ticket_does_not_end(
    city: City, main: str
) -> None:
    repeat = await city.take_in(repeat_of=main)
    due = (await city.last(repeat, Joined)).review_at
    ticket = await city.ring(repeat, "joined")
    assert (ticket["stage"], ticket["next_clock"]) == ("joined", "joined")
    assert ticket["next_due"] > due.isoformat()
