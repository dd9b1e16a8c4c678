"""Rows stand in the journal that the workflow never heard of, because the worker that wrote them is dead and the engine
has forgotten its task (temporal.md's trap). They prevail: the workflow adopts them and decides again on top of them."""

from collections.abc import Sequence
from datetime import datetime

from temporalio import activity
from temporalio.api.history.v1 import HistoryEvent

from activities.contracts import Recorded, Step
from activities.journal import JournalKeeper
from classifier.model import Model
from domain.actor import Role
from domain.clock import ClockName
from domain.lifecycle import Action
from store import inbox
from tests.city import MUNICIPALITY, ORDINARY, STREET, City
from tests.workflows import ghost
from tests.workflows.lives import agree, signed_in
from tests.workflows.own_queue import served_by, triager
from workflows.attributes import STAGE, UNIT


async def state_of(city: City, ticket_no: str, command_id: str) -> str:
    """`pending`, `applied`, or the code of a refusal."""
    command = await inbox.read(city.rooms.pool, ticket_no, command_id)
    assert command is not None
    return command.code or command.state


async def events(city: City, ticket_no: str) -> Sequence[HistoryEvent]:
    """The engine's own history."""
    return (await city.handle(ticket_no).fetch_history()).events


async def test_a_ghosts_row_comes_first_and_the_next_command_is_decided_on_top_of_it(city: City) -> None:
    ticket_no = await city.take_in()
    await ghost.act(city, ticket_no, Action.SIGN_IN, Role.UNIT, STREET)
    await city.done(ticket_no, "supplement", Role.FRONTEND, note="补充")
    assert await city.kinds(ticket_no) == ["Classified", "Dispatched", "SignedIn", "Supplemented"]
    assert (await city.ticket(ticket_no))["standing"]["signed_in"]
    await agree(city, ticket_no)


async def test_a_command_that_a_ghosts_row_makes_impossible_is_refused(city: City) -> None:
    ticket_no = await signed_in(city)
    await ghost.act(city, ticket_no, Action.REPORT_DONE, Role.UNIT, STREET, done_as="resolved")
    assert await city.refused(ticket_no, "progress", Role.UNIT, STREET, note="还在办") == "wrong_stage"
    assert (await city.kinds(ticket_no))[-1] == "ReportedDone"
    await agree(city, ticket_no)


async def test_a_command_that_a_ghosts_row_makes_possible_is_not_refused(city: City) -> None:
    ticket_no = await city.take_in()
    await ghost.act(city, ticket_no, Action.SIGN_IN, Role.UNIT, STREET)
    assert (await city.ticket(ticket_no))["standing"]["signed_in"]
    await city.done(ticket_no, "contact", Role.UNIT, STREET, reached=True)
    assert (await city.kinds(ticket_no))[-2:] == ["SignedIn", "ComplainantContacted"]
    await agree(city, ticket_no)


async def test_several_ghosts_are_adopted_in_the_journals_order(city: City) -> None:
    ticket_no = await city.take_in()
    await ghost.act(city, ticket_no, Action.SIGN_IN, Role.UNIT, STREET)
    await ghost.act(city, ticket_no, Action.CONTACT, Role.UNIT, STREET, reached=True)
    await ghost.act(city, ticket_no, Action.CO_HANDLING, Role.UNIT, STREET, units=["D-SHWJ", "D-ZJW"])
    await city.done(ticket_no, "supplement", Role.FRONTEND, note="补充")
    kinds = await city.kinds(ticket_no)
    assert kinds[2:] == ["SignedIn", "ComplainantContacted", "CoHandlerJoined", "CoHandlerJoined", "Supplemented"]
    await agree(city, ticket_no)


async def test_a_ghosts_command_sent_again_finds_itself_applied_and_is_not_applied_twice(city: City) -> None:
    ticket_no = await signed_in(city)
    contact = await ghost.act(city, ticket_no, Action.CONTACT, Role.UNIT, STREET, reached=True)
    await city.bring(ticket_no, contact)
    assert (await city.kinds(ticket_no)).count("ComplainantContacted") == 1
    assert await state_of(city, ticket_no, contact) == "applied"
    await agree(city, ticket_no)


async def test_a_ghosts_command_sent_again_after_another_was_applied_is_still_not_refused(city: City) -> None:
    ticket_no = await city.take_in()
    sign_in = await ghost.act(city, ticket_no, Action.SIGN_IN, Role.UNIT, STREET)
    await city.done(ticket_no, "supplement", Role.FRONTEND, note="补充")
    await city.bring(ticket_no, sign_in)
    assert await state_of(city, ticket_no, sign_in) == "applied"
    assert (await city.kinds(ticket_no)).count("SignedIn") == 1
    await agree(city, ticket_no)


async def test_a_command_kept_but_never_recorded_is_refused_like_any_other_when_it_comes_too_late(city: City) -> None:
    ticket_no = await signed_in(city)
    late = await ghost.keep(city, ticket_no, Action.SUPPLEMENT, ghost.by(Role.FRONTEND))
    await city.done(ticket_no, "withdrawal", Role.FRONTEND)
    await city.bring(ticket_no, late)
    assert await state_of(city, ticket_no, late) == "closed"


async def test_a_ghosts_end_ends_the_workflow_as_soon_as_anybody_acts(city: City) -> None:
    ticket_no = await signed_in(city)
    await ghost.act(city, ticket_no, Action.WITHDRAWAL, Role.FRONTEND)
    late = await ghost.keep(city, ticket_no, Action.SUPPLEMENT, ghost.by(Role.FRONTEND))
    await city.bring(ticket_no, late)
    assert await state_of(city, ticket_no, late) == "closed"
    await agree(city, ticket_no)


async def test_a_ghosts_end_ends_the_workflow_at_its_next_clock_when_nobody_acts(city: City) -> None:
    ticket_no = await city.take_in(item="010301")
    due = datetime.fromisoformat((await city.ticket(ticket_no))["next_due"])
    await ghost.act(city, ticket_no, Action.WITHDRAWAL, Role.FRONTEND)
    await city.skip_to(ticket_no, due)
    assert await city.kinds(ticket_no) == ["Classified", "Dispatched", "Closed"]
    await agree(city, ticket_no)


async def test_a_ghosts_end_sent_again_after_the_workflow_closed_finds_it_done(city: City) -> None:
    ticket_no = await signed_in(city)
    withdrawal = await ghost.act(city, ticket_no, Action.WITHDRAWAL, Role.FRONTEND)
    await city.bring(ticket_no, withdrawal)
    await agree(city, ticket_no)
    await city.bring(ticket_no, withdrawal)
    assert await state_of(city, ticket_no, withdrawal) == "applied"
    assert (await city.kinds(ticket_no))[-2:] == ["SignedIn", "Closed"]


async def test_a_clock_that_a_ghost_rang_does_not_ring_again(city: City) -> None:
    ticket_no = await city.take_in(item="010301")
    due = datetime.fromisoformat((await city.ticket(ticket_no))["next_due"])
    await ghost.ring(city, ticket_no)
    await city.skip_to(ticket_no, due)
    rung = [row.facts["clock"] for row in await city.rows(ticket_no) if row.kind == "ClockRang"]
    assert rung == [ClockName.SIGN_IN, ClockName.CONTACT]
    await agree(city, ticket_no)


async def test_after_a_ghosts_confirmation_the_case_has_the_limits_of_what_was_confirmed(city: City) -> None:
    ticket_no = await city.take_in(item="", matter="我家楼下的灯")
    await ghost.act(city, ticket_no, Action.CLASSIFICATION, Role.SEAT, item="010301", street=STREET)
    await city.done(ticket_no, "supplement", Role.FRONTEND, note="补充")
    await city.done(ticket_no, "sign-in", Role.UNIT, STREET)
    asked = {"ground": "complex", "days": 3, "note": "需要时间"}
    assert await city.refused(ticket_no, "extension-request", Role.UNIT, STREET, **asked) == "extension_not_open"
    await agree(city, ticket_no)


async def test_a_case_that_a_ghost_saw_taken_over_by_the_municipality_goes_on(city: City) -> None:
    ticket_no = await city.take_in(item="", matter="我家楼下的灯")
    await ghost.act(city, ticket_no, Action.CLASSIFICATION, Role.SEAT, item="010301", street=STREET)
    await ghost.act(city, ticket_no, Action.SIGN_IN, Role.UNIT, STREET)
    await ghost.act(city, ticket_no, Action.ESCALATION, Role.UNIT, STREET, level="municipality")
    await ghost.act(city, ticket_no, Action.OPINION, Role.MUNICIPALITY, MUNICIPALITY, opinion="take_over", units=[])
    await city.done(ticket_no, "supplement", Role.FRONTEND, note="补充")
    assert (await city.ticket(ticket_no))["lead"] == MUNICIPALITY
    await agree(city, ticket_no)


async def test_a_ghosts_dispatch_is_what_the_admin_sees(city: City) -> None:
    ticket_no = await city.take_in(street="")
    await ghost.act(city, ticket_no, Action.CLASSIFICATION, Role.SEAT, item=ORDINARY, street=STREET)
    await city.done(ticket_no, "supplement", Role.FRONTEND, note="补充")
    seen = (await city.handle(ticket_no).describe()).typed_search_attributes
    assert (seen[STAGE], seen[UNIT]) == ("handling", STREET)


async def test_a_forged_row_is_not_adopted_and_holds_the_complaint_until_somebody_looks(city: City) -> None:
    ticket_no = await city.take_in()
    known = (await city.handle(ticket_no).query("standing"))["seq"]
    await ghost.forge(city, ticket_no)
    waiting = await ghost.keep(city, ticket_no, Action.SUPPLEMENT, ghost.by(Role.FRONTEND))
    await city.bring(ticket_no, waiting, patience=1)
    assert await state_of(city, ticket_no, waiting) == "pending"
    failed = [e.workflow_task_failed_event_attributes.failure for e in await events(city, ticket_no)]
    assert f"{ticket_no} row {known + 1} does not follow row {known}" in [each.message for each in failed]
    await city.handle(ticket_no).terminate()


async def test_a_ticket_that_names_another_last_row_holds_the_complaint_until_it_is_put_right(city: City) -> None:
    ticket_no = await signed_in(city)
    [*_, last] = await city.rows(ticket_no)
    await _set_head(city, ticket_no, "another")
    waiting = await ghost.keep(city, ticket_no, Action.SUPPLEMENT, ghost.by(Role.FRONTEND))
    await city.bring(ticket_no, waiting, patience=1)
    assert await state_of(city, ticket_no, waiting) == "pending"
    await _set_head(city, ticket_no, last.hash)
    await city.bring(ticket_no, waiting)
    assert await state_of(city, ticket_no, waiting) == "applied"
    await agree(city, ticket_no)


async def _set_head(city: City, ticket_no: str, head: str) -> None:
    await city.rooms.pool.execute("UPDATE tickets SET head = $2 WHERE ticket_no = $1", ticket_no, head)


class LosesAnswers:
    """Loses the answer of every first asking, and tells what the second one hears. One try does both: a worker that
    ends within ten seconds of a failed local activity makes the SDK's core (1.35.0) print a panic without meaning."""

    def __init__(self, keeper: JournalKeeper) -> None:
        self._keeper = keeper
        self.lost = 0

    @activity.defn(name="record")
    async def record(self, step: Step) -> Recorded:
        """What stands there already: this very step."""
        assert (await self._keeper.record(step)).appended
        self.lost += 1
        return await self._keeper.record(step)


async def test_a_record_whose_answer_was_lost_is_asked_again_and_counts_once(city: City, model: Model) -> None:
    keeper = LosesAnswers(JournalKeeper(city.rooms.pool))
    async with served_by(city, triager(city, model).take_up, keeper.record) as own:
        ticket_no = await signed_in(own)
        await city.done(ticket_no, "withdrawal", Role.FRONTEND)
        await agree(city, ticket_no)
    assert keeper.lost == 2
    assert await city.kinds(ticket_no) == ["Classified", "Dispatched", "SignedIn", "Closed"]
