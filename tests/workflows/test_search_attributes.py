"""What an admin sees in the Temporal UI without opening a payload, and what nobody must ever see there."""

import asyncio
import json
from datetime import datetime

from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.common import TypedSearchAttributes

from domain.actor import Role
from tests.city import DISTRICT, STREET, City
from tests.workflows.lives import BAD, report_done, signed_in
from workflows.alarm import minute
from workflows.attributes import DISTRICT as DISTRICT_KEY
from workflows.attributes import DUE, STAGE, TIER, UNIT

NAME, PHONE, POINT = "钱学甫", "13911112222", "枣营北里77号楼"
WORDS = "隔壁装修把承重墙砸了"


async def attributes(city: City, ticket_no: str) -> TypedSearchAttributes:
    """What the UI's columns and filters go by."""
    return (await city.handle(ticket_no).describe()).typed_search_attributes


async def summaries(city: City, ticket_no: str) -> list[str]:
    """The label of every timer, oldest first."""
    history = await city.handle(ticket_no).fetch_history()
    started = [event for event in history.events if event.HasField("timer_started_event_attributes")]
    return [json.loads(event.user_metadata.summary.data) for event in started]


async def details(city: City, ticket_no: str) -> str:
    """The markdown that the UI asks of the running workflow."""
    told = await city.handle(ticket_no).query("__temporal_workflow_metadata", result_type=WorkflowMetadata)
    return told.current_details


async def test_stage_unit_district_tier_and_due_stand_in_the_columns(city: City) -> None:
    ticket_no = await city.take_in()
    seen = await attributes(city, ticket_no)
    due = datetime.fromisoformat((await city.ticket(ticket_no))["due"])
    told = (seen[STAGE], seen[UNIT], seen[DISTRICT_KEY], seen[TIER], seen[DUE])
    assert told == ("handling", STREET, DISTRICT, "7d", due)


async def test_an_admin_finds_complaints_by_stage_and_unit(city: City) -> None:
    ticket_no = await city.take_in(item="010401")
    wanted = f"HotlineStage = 'handling' AND HotlineUnit = 'D-ZJW' AND WorkflowId = '{ticket_no}'"

    found = list[str]()
    for _ in range(100):
        found = [one.id async for one in city.client.list_workflows(wanted)]
        if found:
            break
        await asyncio.sleep(0.05)
    assert found == [ticket_no]


async def test_columns_follow_the_complaint(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "extension-request", Role.UNIT, STREET, ground="weather", days=3, note="雨季")
    await city.done(ticket_no, "extension-decision", Role.SEAT, granted=True)
    due = datetime.fromisoformat((await city.ticket(ticket_no))["due"])
    assert (await attributes(city, ticket_no))[DUE] == due
    await report_done(city, ticket_no)
    assert (await attributes(city, ticket_no))[STAGE] == "callback"


async def test_the_live_timer_says_which_clock_runs_and_until_when(city: City) -> None:
    ticket_no = await city.take_in(item="010301")
    sign_in = await city.ticket(ticket_no)
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    contact = await city.ticket(ticket_no)
    await city.done(ticket_no, "contact", Role.UNIT, STREET, reached=True)
    reminder = await city.ticket(ticket_no)
    told = [minute(datetime.fromisoformat(ticket["next_due"])) for ticket in (sign_in, contact, reminder)]
    assert await summaries(city, ticket_no) == [
        f"sign in limit, due {told[0]}",
        f"contact limit, due {told[1]}",
        f"reminder limit 50, due {told[2]}",
    ]


async def test_an_action_that_moves_no_clock_leaves_the_live_timer_alone(city: City) -> None:
    ticket_no = await signed_in(city)
    before = await summaries(city, ticket_no)
    await city.done(ticket_no, "progress", Role.UNIT, STREET, note="正在办理")
    assert await summaries(city, ticket_no) == before


async def test_current_details_tell_stage_next_clock_lead_and_helpers_in_a_few_lines(city: City) -> None:
    ticket_no = await signed_in(city)
    await city.done(ticket_no, "co-handling", Role.UNIT, STREET, units=["D-SHWJ"])
    await city.done(ticket_no, "escalation", Role.UNIT, STREET, level="district", note="超出职权")
    told = await details(city, ticket_no)
    assert told.startswith("**handling**")
    for part in ("next: contact limit, due", f"lead unit `{STREET}`", "co-handling: D-SHWJ", f"owed by `{DISTRICT}`"):
        assert part in told
    assert len(told.splitlines()) <= 6


async def test_each_action_stands_in_the_timeline_under_its_own_name(city: City) -> None:
    ticket_no = await signed_in(city)
    history = await city.handle(ticket_no).fetch_history()
    accepted = [e.workflow_execution_update_accepted_event_attributes for e in history.events if e.event_type == 41]
    assert [each.accepted_request.input.name for each in accepted] == ["sign-in"]


async def test_no_personal_data_and_no_words_reach_the_engine(city: City) -> None:
    ticket_no = await city.take_in(
        matter=WORDS, point=POINT, complainant={"name": NAME, "phone": PHONE}, confidential=True
    )
    said = {"note": f"{NAME} {PHONE} {POINT} {WORDS}"}
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET, **said)
    await city.done(ticket_no, "contact", Role.UNIT, STREET, reached=True, **said)
    await city.done(ticket_no, "extension-request", Role.UNIT, STREET, ground="complex", days=2, **said)
    await city.done(ticket_no, "extension-decision", Role.SEAT, granted=False, **said)
    await city.done(ticket_no, "co-handling", Role.UNIT, STREET, units=["D-ZJW"], **said)
    await city.done(ticket_no, "co-handling-report", Role.UNIT, "D-ZJW", finished=True, **said)
    assert await city.refused(ticket_no, "callback", Role.SEAT, reached=False, **said) == "callback_not_due"
    await city.done(ticket_no, "report-done", Role.UNIT, STREET, done_as="resolved", **said)
    await city.done(ticket_no, "evaluation", Role.FRONTEND, **BAD, **said)
    await city.done(ticket_no, "withdrawal", Role.FRONTEND, **said)
    seen = await everything(city, ticket_no)
    assert STREET.encode() in seen, "the search itself works"
    for secret in (NAME, PHONE, POINT, WORDS, WORDS[:4], POINT[:4]):
        for spelled in (secret.encode(), json.dumps(secret)[1:-1].encode()):
            assert spelled not in seen, secret


async def everything(city: City, ticket_no: str) -> bytes:
    """All that the engine keeps of one complaint, as bytes: history, memo, search attributes, summaries, details."""
    history = await city.handle(ticket_no).fetch_history()
    described = await city.handle(ticket_no).describe()
    events = b"".join(event.SerializeToString() for event in history.events)
    return events + described.raw_description.SerializeToString() + (await details(city, ticket_no)).encode()
