"""What the lead unit may not decide alone (R25, R31)."""

from domain.actor import Role
from tests.city import STREET, City
from tests.workflows.lives import agree, signed_in

FILES = [{"form": "picture", "reference": "unit/2026/11/22/plan.png", "size_bytes": 48_000}]


async def test_r31_a_termination_needs_a_request_and_an_approval(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "termination-request", Role.UNIT, STREET, ground="matter_gone", note="问题已消失")
    assert (await city.ticket(ticket_no))["stage"] == "handling"
    await city.done(ticket_no, "approval", Role.SEAT, approved=True, note="同意")
    assert (await city.ticket(ticket_no))["outcome"] == "terminated"
    await agree(city, ticket_no)


async def test_r31_a_denied_termination_leaves_the_limit_as_it_was(city: City) -> None:
    ticket_no = await signed_in(city)
    due = (await city.ticket(ticket_no))["due"]
    await city.done(ticket_no, "termination-request", Role.UNIT, STREET, ground="matter_gone", note="问题已消失")
    await city.done(ticket_no, "approval", Role.SEAT, approved=False, note="仍需办理")
    ticket = await city.ticket(ticket_no)
    assert (ticket["stage"], ticket["due"], ticket["standing"]["approval_pending"]) == ("handling", due, "")


async def test_r25_an_explanation_that_nobody_approves_is_pressed_and_the_limit_runs(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "report-done", Role.UNIT, STREET, done_as="explained", evidence=FILES, note="无法解决")
    ticket = await city.ring(ticket_no, "approval")
    assert ticket["standing"]["approval_pending"] == "explanation"
    assert "DecisionPressed" in await city.kinds(ticket_no)
    assert (await city.ring(ticket_no, "handling"))["overdue"]
    await agree(city, ticket_no)


async def test_r25_the_files_are_told_in_the_timeline(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "report-done", Role.UNIT, STREET, done_as="explained", evidence=FILES, note="无法解决")
    answer = await city.http.get(f"/v1/complaints/{ticket_no}/timeline", headers=await city.key(Role.SEAT))
    note = answer.json()["entries"][-1]["note"]
    assert note == "无法解决\n附件（picture）：unit/2026/11/22/plan.png"
