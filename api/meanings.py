"""What every refusal code means over HTTP. A code that a rule can raise and that is missing here fails a test."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code means over HTTP: status, one sentence of what, one of how to mend."""

    status: HTTPStatus
    what: str
    mend: str


_BAD, _CONFLICT, _UNFIT = HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
_FORBIDDEN, _NOT_FOUND = HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND

MEANINGS: Mapping[str, Meaning] = {
    # the door
    "unauthenticated": Meaning(HTTPStatus.UNAUTHORIZED, "No valid API key came with the request.", "Send Authorization: Bearer with a key from `hotline keys issue`."),
    "forbidden": Meaning(_FORBIDDEN, "This key's role may not do that.", "Use a key whose role is granted the permission named in facts."),
    "unproved": Meaning(_FORBIDDEN, "No complaint of this number was raised from this phone.", "Check the ticket number, and send the phone it was raised from in the header Complainant-Phone."),
    "too_many_tries": Meaning(HTTPStatus.TOO_MANY_REQUESTS, "Too many tries for this ticket or from this place.", "Wait for the time in Retry-After, or call 12345."),
    "not_your_ticket": Meaning(_FORBIDDEN, "The ticket is not before this unit.", "Ask the lead unit or the hotline centre."),
    "unknown_ticket": Meaning(_NOT_FOUND, "There is no ticket of this number.", "Check the number: it reads like 20261122-00000017."),
    "unknown_command": Meaning(_NOT_FOUND, "There is no command of this id on this ticket.", "Take the URL from the answer to the action."),
    "period_empty": Meaning(_UNFIT, "The period ends before it begins.", "Let from lie before to."),
    "unknown_batch": Meaning(_NOT_FOUND, "There is no batch of this id that this key may look up.", "Take the URL from the answer to the batch."),
    "not_found": Meaning(_NOT_FOUND, "There is nothing at this address.", "See /openapi.json for the addresses."),
    "method_not_allowed": Meaning(HTTPStatus.METHOD_NOT_ALLOWED, "The address does not take this method.", "See /openapi.json, or the Allow header."),
    "malformed_body": Meaning(_BAD, "The body is not JSON in UTF-8.", "Send one JSON object with Content-Type: application/json."),
    "invalid_request": Meaning(_UNFIT, "The request does not fit its description.", "Each entry of errors names a place and what was expected there."),
    "body_too_large": Meaning(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is larger than the limit.", "Shorten it, and send files by reference."),
    "idempotency_key_reused": Meaning(_CONFLICT, "The Idempotency-Key stands for another request.", "Use a new key for a new request, the same key only to repeat one."),
    "bad_cursor": Meaning(_BAD, "The cursor was not given out by this list.", "Take it from `next` of the page before, or leave it out."),
    "text_too_short": Meaning(_UNFIT, "The text has no word of two characters; a number counts as one.", "Give a longer word."),
    "busy": Meaning(HTTPStatus.SERVICE_UNAVAILABLE, "The database does not answer, so it is not certain that the request was kept.", "Repeat with the same Idempotency-Key after the time in Retry-After; it counts once."),
    "crowded": Meaning(HTTPStatus.SERVICE_UNAVAILABLE, "More requests are under way than this process takes; nothing of this one was read.", "Repeat it after the time in Retry-After, with the same Idempotency-Key if it has one."),
    "key_not_known": Meaning(HTTPStatus.SERVICE_UNAVAILABLE, "What was said is sealed under a key that this process does not have.", "Tell the operator, who has to restart it with the ring as it is now; then repeat with the same Idempotency-Key."),
    # missed calls
    "unknown_call": Meaning(_NOT_FOUND, "There is no missed call of this number, or it is not for this seat.", "Take one from /v1/missed-calls."),
    "called_at_unfit": Meaning(_UNFIT, "The call lies in the future, or too far back to be returned.", "Name an instant from first to last in facts."),
    "call_finished": Meaning(_CONFLICT, "The missed call is finished, or joined to another one (R9).", "Nothing to do; main names the other one."),
    "call_ticket_unfit": Meaning(_UNFIT, "Who was reached has a complaint or a consultation, and nobody else has (R9).", "Take it in first, and name its ticket number; with any other outcome name none."),
    "attempt_too_early": Meaning(_CONFLICT, "Another attempt at the same hour would not count (R9).", "Try again from not_before in facts on; whoever is reached earlier is reached."),
    # the knowledge base
    "no_such_answer": Meaning(_NOT_FOUND, "The knowledge base has no answer of this code.", "Take a code from /v1/knowledge."),
    "not_your_answer": Meaning(_FORBIDDEN, "The answer is kept by another unit (R45).", "The owner is named in facts; only the bureau gives an answer to another unit."),
    "unit_keeps_no_answers": Meaning(_UNFIT, "Units of this kind keep no answers.", "Name a district, street, department, enterprise, the bureau or the centre."),
    "review_date_unfit": Meaning(_UNFIT, "The review date is past, or too far ahead.", "Name a day from first to last in facts."),
    "answer_changed": Meaning(_CONFLICT, "Another version of the answer stands.", "Read it again, and send the version in facts with what you change."),
    # places, items, units
    "unknown_item": Meaning(_UNFIT, "The catalogue in force has no such item.", "Take a leaf code from /v1/catalogue."),
    "unknown_place": Meaning(_UNFIT, "There is no such district or street, or the street lies in another district.", "Take division codes from /v1/units."),
    "unknown_unit": Meaning(_UNFIT, "There is no such unit.", "Take a unit code from /v1/units."),
    "unit_cannot_lead": Meaning(_UNFIT, "Only districts, streets, departments and enterprises handle complaints (条例 art. 11, 17).", "Name a handling unit."),
    "unknown_channel": Meaning(_UNFIT, "The policy in force has no such channel, or the code is a merged hotline's (R2).", "Take a code from /v1/channels; a merged hotline is named in origin."),
    "unknown_origin": Meaning(_UNFIT, "The policy in force has no merged hotline of this code (R2).", "Take one of kind origin from /v1/channels."),
    "origin_unfit": Meaning(_UNFIT, "Channel and origin do not fit each other (R2).", "Name an origin with merged_hotline, none with a network channel or a platform; phone takes either."),
    "unknown_answer": Meaning(_UNFIT, "The knowledge base has no such answer, or it was withdrawn (R45).", "Take a code from /v1/knowledge."),
    "unknown_repeat": Meaning(_UNFIT, "The ticket named in repeat_of does not exist.", "Check the number, or leave it out."),
    "attachment_too_large": Meaning(_UNFIT, "A file is larger than the policy allows for its form.", "Send a smaller one: facts name the file, counted from 0, and the limit in bytes."),
    # the rules
    "command_malformed": Meaning(_UNFIT, "The action lacks a fact or has one too many.", "See the action's schema in /openapi.json."),
    "wrong_stage": Meaning(_CONFLICT, "The complaint is in a stage that does not allow this action.", "Look at the stage in facts; the ticket tells what comes next."),
    "closed": Meaning(_CONFLICT, "The complaint is closed.", "A repeat is a new complaint with repeat_of."),
    "not_lead_unit": Meaning(_FORBIDDEN, "Only the lead unit may do this (条例 art. 14).", "The lead unit is named in facts."),
    "not_signed_in": Meaning(_CONFLICT, "The lead unit has not signed in.", "Sign in first."),
    "already_signed_in": Meaning(_CONFLICT, "The lead unit has signed in already.", "Go on with contact and handling."),
    "route_unclear": Meaning(_UNFIT, "The catalogue cannot name a lead unit from this item and place.", "Name the missing place, or a unit."),
    "designated_may_not_object": Meaning(_CONFLICT, "A designated or confirmed lead unit may not object again (rules §5).", "Handle it, or escalate."),
    "objection_not_open": Meaning(_CONFLICT, "No objection is open in this tier.", "Handle it, or escalate."),
    "objection_too_late": Meaning(_CONFLICT, "The window for objections has closed.", "Handle it, or escalate."),
    "unit_missing": Meaning(_UNFIT, "An upheld objection needs the unit that gets the case.", "Name it in unit."),
    "unit_is_lead": Meaning(_UNFIT, "The named unit is the lead unit already.", "Name another unit, or reject the objection."),
    "extension_not_open": Meaning(_CONFLICT, "No extension is open in this tier.", "Report done, or escalate."),
    "extension_pending": Meaning(_CONFLICT, "An extension is waiting for its decision.", "Wait for it."),
    "extensions_used_up": Meaning(_CONFLICT, "All extensions of this complaint are used up.", "Report done, or escalate."),
    "extension_too_late": Meaning(_CONFLICT, "The limit has expired; an extension is asked before (条例 art. 15).", "Report done, or escalate."),
    "extension_too_long": Meaning(_UNFIT, "The extension is longer than allowed or in the wrong unit.", "Ask within the span in facts: hours in the 24 h tier, days above."),
    "no_extension_asked": Meaning(_CONFLICT, "No extension is waiting for a decision.", "Nothing to do."),
    "only_streets_whistle": Meaning(_FORBIDDEN, "Only a street or township whistles (条例 art. 16).", "Order co-handling instead."),
    "units_repeat_or_missing": Meaning(_UNFIT, "Units are missing or named twice.", "Name each unit once."),
    "unit_handles_already": Meaning(_CONFLICT, "A named unit leads or co-handles already.", "Leave it out."),
    "not_co_handler": Meaning(_FORBIDDEN, "This unit is not an open co-handler of the complaint.", "Only open co-handlers report."),
    "not_whistled": Meaning(_CONFLICT, "This unit was not whistled for, or has reported in.", "Nothing to do."),
    "opinion_pending": Meaning(_CONFLICT, "An opinion is awaited already.", "Wait for it."),
    "level_unfit": Meaning(_UNFIT, "This complaint cannot be escalated to that level by its lead unit.", "Choose the other level."),
    "no_opinion_asked": Meaning(_CONFLICT, "No opinion is awaited.", "Nothing to do."),
    "not_addressed": Meaning(_FORBIDDEN, "The opinion is asked of another government.", "The addressed one is named in facts."),
    "opinion_units_unfit": Meaning(_UNFIT, "The opinion and the named units do not fit.", "press, take_over: no units; reassign: one new lead unit; order_co_handling: at least one."),
    "co_handler_open": Meaning(_CONFLICT, "A co-handler has not finished (R26).", "Wait for its report, or override with a reason that is kept."),
    "nothing_to_override": Meaning(_CONFLICT, "No co-handler is open, so there is nothing to override.", "Report done without override."),
    "department_duty": Meaning(_UNFIT, "The item is a department's duty, which is not sent down to a street or township (R19).", "Name the owner in facts, or another department or district."),
    "disposition_and_repeat": Meaning(_UNFIT, "A matter is either told and not dispatched, or joined to another ticket.", "Send disposition or repeat_of, not both."),
    "repeat_of_itself": Meaning(_UNFIT, "A complaint is not joined to itself, nor to one that is joined to it (R13).", "Name the ticket that handles the matter."),
    "copy_without_disposition": Meaning(_UNFIT, "A copy is for what is not dispatched (R12).", "Send it with a disposition, or leave it out."),
    "unknown_platform": Meaning(_UNFIT, "The named unit is no platform enterprise.", "Take a unit of kind platform from /v1/units, or leave it out."),
    "joined_already": Meaning(_CONFLICT, "That complaint is joined to this one already.", "Nothing to do."),
    "not_joined": Meaning(_CONFLICT, "The two complaints are not joined.", "Nothing to do."),
    "not_a_party": Meaning(_FORBIDDEN, "This unit is no party to the consultation (R18).", "The parties are named in facts."),
    "bureau_designates": Meaning(_FORBIDDEN, "The consultation's limit has passed: now the bureau designates (R18).", "Wait for the designation."),
    "approval_pending": Meaning(_CONFLICT, "The hotline centre has not answered an earlier request.", "Wait for its approval."),
    "no_approval_asked": Meaning(_CONFLICT, "Nothing waits for approval.", "Nothing to do."),
    "evidence_missing": Meaning(_UNFIT, "What is explained as unsolvable needs evidence (R25).", "Send at least one file in evidence."),
    "not_supervisor": Meaning(_FORBIDDEN, "A unit supervises only as the district government of the matter (R16).", "Ask the district in facts, or the hotline centre."),
    "escalation_unit_unfit": Meaning(_UNFIT, "A line department is named exactly with level department (R28).", "Name it in unit, or leave unit out."),
    "not_a_department": Meaning(_UNFIT, "The named unit is no department.", "Take a unit of kind department from /v1/units."),
    "callback_not_due": Meaning(_CONFLICT, "The complainant is called back once the unit has reported, or the limit has run out (R32).", "Wait for either."),
    "callback_already_made": Meaning(_CONFLICT, "The complainant was called back already, and is not asked twice (R32).", "Wait for the unit's report."),
    "nothing_provisional": Meaning(_CONFLICT, "The limit does not lean on a calendar that is not published.", "Nothing to do."),
    "emergency_on": Meaning(_CONFLICT, "Emergency mode is on for that district already (R44).", "End it first, see /v1/emergencies."),
    "unknown_emergency": Meaning(_NOT_FOUND, "There is no emergency of this id.", "See /v1/emergencies."),
    "answers_incomplete": Meaning(_UNFIT, "A reached complainant gives all three answers; one not reached gives none (R32).", "Send all three, or none with reached false."),
}  # fmt: skip
