"""Which rules a demo has exercised: each is proved by what stands in the database, never by what the cast remembers."""

from collections.abc import Mapping

from store.connection import Pool


def _row(kind: str, where: str = "true") -> str:
    return f"EXISTS (SELECT FROM journal WHERE kind = '{kind}' AND {where})"


def _refused(code: str) -> str:
    return f"EXISTS (SELECT FROM inbox WHERE state = 'refused' AND code = '{code}')"


_DISPOSITIONS = "SELECT count(DISTINCT facts->>'disposition') FROM journal WHERE kind = 'NotDispatchedTold'"
_OPINIONS = "SELECT count(DISTINCT facts->>'opinion') FROM journal WHERE kind = 'OpinionIssued'"
_DISTRICT = "facts->>'lead' ~ '^([0-9]{6}|[A-Z]{3})$'"

PROOFS: Mapping[str, str] = {
    "R1": "(SELECT count(DISTINCT kind) FROM tickets) = 5",
    "R2": "(SELECT count(DISTINCT channel) FROM complaints) >= 5"
    " AND EXISTS (SELECT FROM complaints WHERE origin <> '')"
    " AND EXISTS (SELECT FROM complaints WHERE attachments_sealed IS NOT NULL)",
    "R3": "NOT EXISTS (SELECT FROM complaints WHERE received_at IS NULL OR matter_sealed IS NULL)"
    " AND EXISTS (SELECT FROM complainants WHERE phone_hash IS NOT NULL)",
    "R4": "EXISTS (SELECT FROM inbox WHERE action = 'evaluation' AND actor_role = 'complainant' AND state = 'applied')",
    "R5": "EXISTS (SELECT FROM complaints WHERE confidential) AND EXISTS (SELECT FROM views)",
    "R6": _row("Dissuaded"),
    "R7": _row("Settled") + " AND " + _row("SettlementFailed"),
    "R8": "EXISTS (SELECT FROM tickets WHERE line = 'minors')",
    "R9": "EXISTS (SELECT FROM missed_calls WHERE state = 'called_again')"
    " AND EXISTS (SELECT FROM missed_calls WHERE state = 'reached' AND jsonb_array_length(attempts) > 1)",
    "R10": _row("AnsweredAtOnce") + " AND " + _row("Dispatched"),
    "R11": _row("Dispatched"),
    "R12": f"({_DISPOSITIONS}) >= 5 AND EXISTS (SELECT FROM tickets WHERE outcome = 'duplicate')",
    "R13": _row("Joined") + " AND " + _row("RepeatCounted") + " AND " + _row("Separated"),
    "R14": _row("RiskReported"),
    "R15": _row("ConfirmationAsked", "facts->>'why' = 'confidence'") + " AND " + _row("ClassificationConfirmed"),
    "R16": _row("Dispatched", "facts->>'copy_to' <> ''"),
    "R17": _row("Dispatched", _DISTRICT),
    "R18": _row("ConsultationDecided", "NOT (facts->>'designated')::boolean")
    + " AND "
    + _row("ConsultationDecided", "(facts->>'designated')::boolean"),
    "R19": _refused("department_duty"),
    "R20": _row("Dispatched", "facts->>'lead' = 'M-LIAISON'")
    + " AND "
    + _row("NotDispatchedTold", "facts->>'disposition' = 'sister_hotline'"),
    "R21": _row("Dispatched", "facts->>'lead' LIKE 'E-%' AND (facts->>'around_clock')::boolean"),
    "R22": _row("Dispatched") + " AND NOT " + _row("Dispatched", "facts->>'due' IS NULL"),
    "R23": _row("ClockRang", "facts->>'clock' = 'confirmation'"),
    "R24": _row("ComplainantContacted", "(facts->>'reached')::boolean") + " AND " + _row("ReportedDone"),
    "R25": _row("ApprovalGiven", "facts->>'matter' = 'explanation'"),
    "R26": _row("CoHandlerReported") + " AND " + _row("ReportedDone", "jsonb_array_length(facts->'overriding') > 0"),
    "R27": _row("ReportedIn") + " AND " + _row("ReportInRefused"),
    "R28": f"({_OPINIONS}) = 5 AND " + _row("Escalated", "facts->>'level' = 'department'"),
    "R29": _refused("not_lead_unit"),
    "R30": "(SELECT count(DISTINCT facts->>'cause') FROM journal WHERE kind = 'SupervisionRaised') >= 2",
    "R31": _row("ApprovalGiven", "facts->>'matter' = 'termination'"),
    "R32": _row("CalledBack", "NOT (facts->>'by_form')::boolean") + " AND " + _row("NotReached"),
    "R44": _row("EmergencyNoted", "(facts->>'deferred')::boolean")
    + " AND "
    + _row("EmergencyNoted", "NOT (facts->>'deferred')::boolean")
    + " AND EXISTS (SELECT FROM emergencies WHERE ended_at IS NOT NULL)",
    "R45": _row("AnsweredAtOnce", "facts->>'answer' <> ''"),
}
"""By rule number, the condition under which its exercise is proved."""


async def rules_exercised(pool: Pool) -> list[str]:
    """The numbers of all rules that are proved, in their order."""
    columns = ", ".join(f"({proof}) AS {rule.lower()}" for rule, proof in PROOFS.items())
    record = await pool.fetchrow(f"SELECT {columns}")
    assert record is not None, "a select without a table has a row"
    return [rule for rule in PROOFS if record[rule.lower()]]
