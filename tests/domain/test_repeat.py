"""并单: the same matter is handled once, and everybody is told; a wrong merge is undone without loss (R12, R13)."""

from dataclasses import replace

import pytest

from domain.actor import HOTLINE
from domain.catalogue import Duty, NotDispatched
from domain.clock import ClockName
from domain.commands import (
    ConfirmClassification,
    CountLeaving,
    CountRepeat,
    Separate,
    SignIn,
    Supplement,
    TellMainEnd,
)
from domain.events import (
    ClassificationConfirmed,
    Classified,
    ClockRang,
    Closed,
    ConfirmationAsked,
    DecisionPressed,
    Dispatched,
    Joined,
    MainEnded,
    RepeatCounted,
    RepeatLeft,
    RepeatLinked,
    Separated,
    SupervisionRaised,
)
from domain.lifecycle import Stage
from domain.outcome import Outcome
from domain.taking_up import triaged
from domain.triage import Triage
from tests.domain.building import Given, a_complaint, a_handled_complaint, kinds, the
from tests.domain.city import (
    COMPLAINANT,
    DISTRICT,
    MONDAY,
    OTHER_TICKET,
    STREET,
    a_near,
    a_plan,
    a_triage,
    an_item,
    limits,
    when,
)

MAIN = a_handled_complaint()
WAITING = a_complaint().joined_to(OTHER_TICKET)
TOLD = TellMainEnd(OTHER_TICKET, Outcome.RESOLVED)
WITHDRAWN = TellMainEnd(OTHER_TICKET, Outcome.WITHDRAWN)


def _repeat(number: int, *, same: bool = True, new_facts: bool = False) -> CountRepeat:
    return CountRepeat(f"2026030200001{number:02}", same, new_facts)


def _counted(given: Given, how_many: int, *, same: bool) -> Given:
    for number in range(how_many):
        given = given.after(_repeat(number, same=same), HOTLINE)
    return given


# joined when it is taken up


def test_r13_what_is_handled_already_is_joined_and_not_dispatched_again() -> None:
    happened = triaged(a_complaint().state, a_triage(near=a_near(is_open=True)), MONDAY)
    assert kinds(happened) == [Classified, Joined]
    assert (WAITING.state.stage, WAITING.state.main, WAITING.state.lead) == (Stage.JOINED, OTHER_TICKET, "")


def test_r13_the_journal_tells_to_what_it_was_joined_by_whom_and_how_near_it_is() -> None:
    near = a_near(is_open=True, stated=False, same=False, score=712)
    happened = triaged(a_complaint().state, replace(a_triage(near=near), new_facts=True), MONDAY)
    assert the(happened, Joined) == Joined(OTHER_TICKET, False, True, 712, when("2026-03-09 10:00"))


@pytest.mark.parametrize(
    "triage",
    [a_triage(confidence=0), a_triage(a_plan(an_item(Duty.NONE))), a_triage(a_plan(district="", street=""))],
    ids=["unsure", "nobody's duty", "no place"],
)
def test_r13_what_is_handled_already_is_joined_although_nobody_could_dispatch_it(triage: Triage) -> None:
    happened = triaged(a_complaint().state, replace(triage, near=a_near(is_open=True)), MONDAY)
    assert kinds(happened) == [Classified, Joined]


def test_r12_the_same_matter_with_new_facts_is_dispatched_with_the_earlier_ticket_beside_it() -> None:
    triage = replace(a_triage(near=a_near(is_open=False)), new_facts=True)
    assert kinds(triaged(a_complaint().state, triage, MONDAY)) == [Classified, RepeatLinked, Dispatched]


def test_r12_nobody_is_sent_away_with_an_earlier_result_because_a_machine_found_two_texts_near() -> None:
    triage = a_triage(near=a_near(is_open=False, stated=False, score=930))
    assert kinds(triaged(a_complaint().state, triage, MONDAY)) == [Classified, RepeatLinked, Dispatched]


# joined by a seat


def test_r13_a_seat_joins_what_the_machine_did_not_find() -> None:
    unsure = a_complaint().unsure()
    command = ConfirmClassification("010101", DISTRICT, STREET, repeat_of=OTHER_TICKET)
    happened = unsure.decides(command, plan=a_plan())
    assert kinds(happened) == [ClassificationConfirmed, Joined]
    assert the(happened, Joined).score == 1000
    joined = unsure.happened(happened)
    assert [clock.name for clock in joined.state.clocks] == [ClockName.JOINED]


def test_r13_a_seat_may_not_both_join_a_complaint_and_send_it_away() -> None:
    command = ConfirmClassification("010101", disposition=NotDispatched.SECRET, repeat_of=OTHER_TICKET)
    assert a_complaint().unsure().refuses(command, plan=a_plan()).code == "disposition_and_repeat"


def test_r13_a_complaint_is_not_joined_to_itself() -> None:
    command = ConfirmClassification("010101", repeat_of=a_complaint().state.ticket_no)
    assert a_complaint().unsure().refuses(command, plan=a_plan()).code == "repeat_of_itself"


def test_r13_two_complaints_do_not_wait_for_each_other() -> None:
    main = a_complaint().unsure().after(_repeat(1), HOTLINE)
    command = ConfirmClassification("010101", repeat_of=_repeat(1).ticket_no)
    assert main.refuses(command, plan=a_plan()).code == "repeat_of_itself"


# waiting


def test_r13_no_unit_handles_what_waits_for_another_ticket() -> None:
    assert WAITING.refuses(SignIn(), STREET).code == "wrong_stage"


def test_r13_who_waits_for_another_ticket_may_add_to_it_or_withdraw() -> None:
    assert WAITING.after(Supplement(), COMPLAINANT).state == WAITING.state
    assert WAITING.withdrawn().state.outcome is Outcome.WITHDRAWN


def test_r13_after_a_whole_limit_the_centre_looks_whether_it_still_waits_rightly_and_then_again() -> None:
    assert WAITING.rings("2026-03-09 09:59:59") == ()
    assert kinds(WAITING.rings("2026-03-09 10:00")) == [ClockRang, DecisionPressed]
    again = WAITING.rung("2026-03-09 10:00")
    assert again.due_of(ClockName.JOINED) == when("2026-03-16 10:00")


# the end of the ticket it waits for


def test_r13_with_its_main_ticket_it_ends_and_its_complainant_is_told_how() -> None:
    happened = WAITING.decides(TOLD, HOTLINE)
    assert happened[0] == MainEnded(OTHER_TICKET, Outcome.RESOLVED)
    assert the(happened, Closed).outcome is Outcome.DUPLICATE


def test_r13_what_ends_with_its_main_ticket_is_no_effective_callback_of_its_own() -> None:
    assert not the(WAITING.decides(TOLD, HOTLINE), Closed).effective


def test_r13_who_withdraws_does_so_for_nobody_else() -> None:
    happened = WAITING.decides(WITHDRAWN, HOTLINE)
    assert kinds(happened) == [MainEnded, Separated, ConfirmationAsked]
    after = WAITING.happened(happened)
    assert (after.state.stage, after.state.main) == (Stage.CONFIRMATION, "")
    assert [clock.name for clock in after.state.clocks] == [ClockName.CONFIRMATION]


def test_r13_the_end_of_another_ticket_ends_nothing_here() -> None:
    refused = WAITING.refuses(TellMainEnd("202603010000008", Outcome.RESOLVED), HOTLINE)
    assert refused.code == "not_joined"


# a wrong merge is undone


def test_r13_a_wrong_merge_is_undone_and_a_seat_decides_where_it_goes() -> None:
    happened = WAITING.decides(Separate(), at="2026-03-03 10:00")
    assert happened == (Separated(OTHER_TICKET), ConfirmationAsked("separated", when("2026-03-04 10:00")))


def test_r13_what_was_separated_waits_for_nothing_but_the_seat() -> None:
    after = WAITING.after(Separate())
    assert (after.state.stage, after.state.main) == (Stage.CONFIRMATION, "")
    assert [clock.name for clock in after.state.clocks] == [ClockName.CONFIRMATION]


def test_r13_what_was_separated_is_dispatched_like_any_other() -> None:
    after = WAITING.after(Separate()).confirmed_to(STREET)
    assert (after.state.stage, after.state.lead) == (Stage.HANDLING, STREET)


def test_r17_where_no_seat_decides_on_what_was_separated_the_district_organises() -> None:
    assert WAITING.after(Separate()).rung("2026-03-03 10:00").state.lead == DISTRICT


def test_r13_what_is_not_joined_cannot_be_separated() -> None:
    assert MAIN.refuses(Separate()).code == "wrong_stage"


# on the main ticket


def test_r13_a_repeat_is_linked_and_counted_on_the_ticket_that_is_handled() -> None:
    happened = MAIN.decides(_repeat(1), HOTLINE)
    assert happened == (RepeatCounted(_repeat(1).ticket_no, True, False),)
    after = MAIN.happened(happened)
    assert (after.state.joined, after.state.repeats) == ((_repeat(1).ticket_no,), 1)


def test_r13_another_complainant_on_the_same_event_is_joined_and_is_no_repeat() -> None:
    after = MAIN.after(_repeat(1, same=False), HOTLINE)
    assert (len(after.state.joined), after.state.repeats) == (1, 0)


@pytest.mark.parametrize("new_facts", [True, False])
def test_r13_new_facts_raise_the_priority(new_facts: bool) -> None:
    assert MAIN.after(_repeat(1, new_facts=new_facts), HOTLINE).state.urgent is new_facts


def test_r13_a_repeat_neither_moves_a_clock_nor_the_stage() -> None:
    after = MAIN.after(_repeat(1), HOTLINE)
    assert (after.state.stage, after.state.clocks) == (MAIN.state.stage, MAIN.state.clocks)


def test_r13_the_same_complaint_is_not_counted_twice() -> None:
    assert MAIN.after(_repeat(1), HOTLINE).refuses(_repeat(1), HOTLINE).code == "joined_already"


def test_r13_a_complaint_that_goes_its_own_way_leaves_the_list() -> None:
    joined = _counted(MAIN, 2, same=False)
    happened = joined.decides(CountLeaving(_repeat(0).ticket_no), HOTLINE)
    assert happened == (RepeatLeft(_repeat(0).ticket_no),)
    assert joined.happened(happened).state.joined == (_repeat(1).ticket_no,)


def test_r13_a_complaint_that_was_not_joined_does_not_leave() -> None:
    assert MAIN.refuses(CountLeaving(OTHER_TICKET), HOTLINE).code == "not_joined"


# how closely it is watched


def test_r30_the_third_repeat_raises_the_supervision_level() -> None:
    twice = _counted(MAIN, 2, same=True)
    assert twice.state.supervision_level == 0
    happened = twice.decides(_repeat(3), HOTLINE)
    assert the(happened, SupervisionRaised) == SupervisionRaised(1, "third_repeat")


def test_r30_a_fourth_repeat_raises_it_no_further() -> None:
    thrice = _counted(MAIN, 3, same=True)
    assert kinds(thrice.decides(_repeat(4), HOTLINE)) == [RepeatCounted]


def test_r30_another_complainant_is_no_repeat_that_raises_it() -> None:
    assert _counted(MAIN, 3, same=False).state.supervision_level == 0


def test_r30_as_many_complainants_as_policy_calls_a_group_raise_it() -> None:
    nearly = _counted(MAIN, limits().raise_at_joined - 1, same=False)
    assert nearly.state.supervision_level == 0
    assert the(nearly.decides(_repeat(20, same=False), HOTLINE), SupervisionRaised).cause == "group"


def test_r30_the_level_ends_at_three() -> None:
    watched = Given(replace(_counted(MAIN, 2, same=True).state, supervision_level=3), MONDAY)
    assert kinds(watched.decides(_repeat(3), HOTLINE)) == [RepeatCounted]
