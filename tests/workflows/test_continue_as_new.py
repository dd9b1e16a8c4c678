"""A history that grows long is begun anew: the same complaint, at the same journal row, with nothing forgotten."""

import asyncio

import pytest
from temporalio.api.sdk.v1 import WorkflowMetadata

from domain.actor import Role
from tests.city import STREET, City
from tests.workflows.ghost import as_recorded
from tests.workflows.lives import agree, report_done, reported_done, signed_in
from workflows.attributes import STAGE, UNIT
from workflows.complaint import ComplaintWorkflow
from workflows.messages import Start

SWELLING = b"." * 1_500_000
"""Three of these and the server suggests a new run: it does so from 4 MB of history on."""


async def carried_over(city: City, ticket_no: str) -> None:
    """The complaint's workflow is ended from outside, and a new one begins with what the journal holds."""
    carried = await as_recorded(city, ticket_no)
    await city.handle(ticket_no).terminate()
    await city.client.start_workflow(
        ComplaintWorkflow.run,
        Start(ticket_no, carried.state.received_at, carried),
        id=ticket_no,
        task_queue=city.task_queue,
    )


async def swell(city: City, ticket_no: str) -> None:
    """The history grows until the server suggests a new run, which it does with a task that begins when it has grown:
    the answer to the query says that none is under way any more that began before."""
    for _ in range(3):
        await city.handle(ticket_no).signal("nobody-listens", SWELLING)
    await city.handle(ticket_no).query("standing")


async def test_a_run_that_begins_with_carried_state_goes_on_at_the_same_journal_row(city: City) -> None:
    ticket_no = await signed_in(city)
    before = (await city.rows(ticket_no))[-1]
    await carried_over(city, ticket_no)
    assert (await city.handle(ticket_no).query("standing"))["head"] == before.hash
    await city.done(ticket_no, "contact", Role.UNIT, STREET, reached=True)
    after = (await city.rows(ticket_no))[-1]
    assert (after.seq, after.kind) == (before.seq + 1, "ComplainantContacted")
    await agree(city, ticket_no)


async def test_clocks_and_refusals_go_on_in_a_carried_run(city: City) -> None:
    ticket_no = await signed_in(city, item="010301")
    await carried_over(city, ticket_no)
    assert await city.refused(ticket_no, "sign-in", Role.UNIT, STREET) == "already_signed_in"
    ticket = await city.ring(ticket_no, "handling")
    assert ticket["overdue"]
    await agree(city, ticket_no)


async def test_a_case_in_callback_is_carried_with_its_planned_attempt(city: City) -> None:
    ticket_no = await reported_done(city)
    await carried_over(city, ticket_no)
    assert (await city.ticket(ticket_no))["next_clock"] == "callback:1"
    await city.done(ticket_no, "callback", Role.SEAT, reached=False)
    await city.done(ticket_no, "withdrawal", Role.SEAT)
    await agree(city, ticket_no)


@pytest.fixture(scope="module")
async def renewed(city: City) -> str:
    """A complaint whose history has swollen, acted on once more, so that it has begun a new run."""
    ticket_no = await signed_in(city)
    await swell(city, ticket_no)
    await city.done(ticket_no, "contact", Role.UNIT, STREET, reached=True)
    for _ in range(100):
        if await runs_again(city, ticket_no):
            return ticket_no
        await asyncio.sleep(0.05)
    raise AssertionError(f"{ticket_no} never began a new run")


async def runs_again(city: City, ticket_no: str) -> bool:
    """Whether the present run is not the first."""
    described = await city.handle(ticket_no).describe()
    return described.raw_description.workflow_execution_info.first_run_id != described.run_id


async def test_a_complaint_with_a_long_history_begins_a_new_run_by_itself(city: City, renewed: str) -> None:
    assert await runs_again(city, renewed)
    assert (await city.ticket(renewed))["stage"] == "handling"
    await agree(city, renewed)


async def test_the_admins_view_survives_the_new_run(city: City, renewed: str) -> None:
    described = await city.handle(renewed).describe()
    seen = described.typed_search_attributes
    assert (seen[STAGE], seen[UNIT]) == ("handling", STREET)
    told = await city.handle(renewed).query("__temporal_workflow_metadata", result_type=WorkflowMetadata)
    assert told.current_details.startswith("**handling**")


async def test_a_command_re_sent_to_the_new_run_is_not_applied_again(city: City, renewed: str) -> None:
    contact = (await city.rows(renewed))[-1]
    assert contact.kind == "ComplainantContacted"
    await city.bring(renewed, contact.step)
    assert (await city.kinds(renewed)).count("ComplainantContacted") == 1
    await agree(city, renewed)
    await report_done(city, renewed)
    await agree(city, renewed)
