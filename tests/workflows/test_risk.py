"""Risks are reported to government at once, and watched cases rise (R6, R14, R30)."""

from domain.actor import Role
from domain.events import RiskReported
from tests.city import DISTRICT, MUNICIPALITY, STREET, City


async def test_r14_a_risk_in_the_words_is_reported_whatever_the_disposition(city: City) -> None:
    ticket_no = await city.take_in(item="280101", matter="法院不执行，大家准备拉横幅堵路讨说法")
    assert (await city.ticket(ticket_no))["outcome"] == "statutory_channel"
    assert (await city.last(ticket_no, RiskReported)).to[-1] == MUNICIPALITY


async def test_r14_the_report_is_queued_for_government_with_the_first_step(city: City) -> None:
    ticket_no = await city.take_in(matter="小区有人扬言要跳楼", street=STREET)
    audiences = await city.rooms.pool.fetch(
        "SELECT audience FROM outbox WHERE ticket_no = $1 AND kind = 'RiskReported'", ticket_no
    )
    assert {record["audience"] for record in audiences} == {DISTRICT, MUNICIPALITY, "centre"}


async def test_r14_a_seat_may_see_a_risk_that_words_do_not_tell(city: City) -> None:
    ticket_no = await city.take_in()
    await city.done(ticket_no, "risk-report", Role.SEAT, risk="stability", note="来电语气反常")
    assert (await city.kinds(ticket_no))[-1] == "RiskReported"


async def test_r30_sensitive_words_and_a_group_raise_the_level_from_the_start(city: City) -> None:
    ticket_no = await city.take_in(matter="上百户联名反映小区供水异味，已有记者来过")
    assert (await city.ticket(ticket_no))["supervision_level"] == 2


async def test_r6_abuse_is_recorded_and_the_complaint_goes_its_way(city: City) -> None:
    ticket_no = await city.take_in()
    told = await city.done(ticket_no, "dissuasion", Role.SEAT, measure="dissuaded", note="多次辱骂坐席")
    assert told["stage"] == "handling"
    await city.take_in()
