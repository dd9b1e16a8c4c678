"""Every rule of handling a complaint: what it asks for, who says so, which files hold it, what policy steers it."""

from dataclasses import dataclass

ART = "条例 art."


@dataclass(frozen=True, slots=True)
class Rule:
    """`asks` in a few words; `source` says who says so; `held` names files or folders of the project, `policy` keys of
    the limits file (`tiers.*` for every tier) or other policy folders."""

    number: int
    asks: str
    source: str
    held: tuple[str, ...]
    policy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """A row of rules §5, which has no number of its own: proved by the tests of whole files."""

    name: str
    source: str
    held: tuple[str, ...]
    policy: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outside:
    """A rule that this product does not hold yet, and what of it is kept already, so that it can."""

    number: int
    asks: str
    source: str
    kept: str


RULES: tuple[Rule, ...] = (
    Rule(1, "Five types: consultation, help, complaint, report, suggestion", f"{ART} 8-10", ("domain/triage.py", "classifier/kind.py")),
    Rule(2, "Voice, text, picture, film; the channel and the merged hotline it came by are kept", f"{ART} 8-10", ("domain/channel.py", "api/channels.py", "api/attachments.py"), ("policy/channels", "attachments.voice", "attachments.picture", "attachments.video", "attachments.text")),
    Rule(3, "A ticket says at least when it was raised, what about, and how to reach the complainant", f"{ART} 8-10", ("api/bodies.py", "api/routes/intake.py", "store/complaints.py")),
    Rule(4, "The complainant follows progress and result, and evaluates", f"{ART} 8-10, 23", ("api/own_complaint.py", "api/routes/own_complaints.py", "domain/progress.py")),
    Rule(5, "Privacy and personal data are protected; nobody may retaliate", f"{ART} 8-10", ("vault", "api/desk.py", "api/masking.py", "api/views.py", "store/erasures.py"), ("retention.closed_days",)),
    Rule(6, "Abuse is dissuaded and recorded, at worst told to the police; nobody is ever blocked", f"{ART} 37, 国办函〔2025〕66号", ("domain/risk.py",)),
    Rule(7, "Enterprises have a line of their own; a consumer dispute stands before its platform first", f"{ART} 8-10, practice of 2022", ("domain/settlement.py", "api/lines.py"), ("settlement",)),
    Rule(8, "The minors' line runs inside the hotline, with its own seats", "未成年人保护条例 art. 54", ("api/lines.py",)),
    Rule(9, "A call that nobody took is called back, at different hours; enterprises and minors have seats", "国办函〔2025〕66号", ("domain/missed_call.py", "api/routes/missed_calls.py", "workflows/duty.py", "api/lines.py"), ("missed_calls.within_minutes", "missed_calls.urgent_within_minutes", "missed_calls.attempts", "missed_calls.hours", "missed_calls.window_minutes", "missed_calls.press_minutes")),
    Rule(10, "A consultation is answered at once where it can be, else dispatched", f"{ART} 11", ("domain/taking_up.py", "domain/knowledge.py", "classifier/knowledge.py"), ("policy/knowledge", "knowledge.answer_from")),
    Rule(11, "What is some unit's duty is dispatched at once, by the catalogue", f"{ART} 11", ("domain/taking_up.py", "domain/dispatch.py"), ("policy/catalogue",)),
    Rule(12, "What is not dispatched has one of six reasons, and the complainant is told it", f"{ART} 11", ("domain/taking_up.py", "domain/catalogue.py", "domain/repeat.py"), ("policy/catalogue", "nearness.same_matter", "nearness.matter_days")),
    Rule(13, "The same matter is handled once; repeats are linked and counted, new facts raise the priority", "国办函〔2025〕66号", ("domain/repeat.py", "domain/follow_up.py", "domain/nearness.py"), ("nearness.same_event", "nearness.possible", "nearness.event_days")),
    Rule(14, "An emergency or a risk to stability is reported to government at once, whatever becomes of the matter", f"{ART} 29", ("domain/risk.py", "activities/triage.py", "classifier/alarm.py"), ("words.stability", "classifier.alarm_at")),
    Rule(15, "A classifier proposes with reasons; below a threshold a seat decides", f"{ART} 11, own default", ("domain/taking_up.py", "classifier/confidence.py", "classifier/reasons.py"), ("confirm_below",)),
    Rule(16, "Clear: straight to the unit; to a street with a copy to its district, which supervises", f"{ART} 11-13", ("domain/dispatch.py", "domain/notices.py", "domain/handling.py")),
    Rule(17, "Unit unclear, district known: to the district, which organises", f"{ART} 11-13", ("domain/dispatch.py", "domain/taking_up.py"), ("tiers.*.dispatch",)),
    Rule(18, "Hard or unclear: the parties consult first; failing that the bureau designates", f"{ART} 12", ("domain/consultation.py",), ("consultation", "designation")),
    Rule(19, "A department's duty is not sent down to the grassroots; a community never leads", f"{ART} 17, 国办函〔2025〕66号", ("domain/dispatch.py", "domain/unit.py")),
    Rule(20, "Central units, state enterprises and the military: through their liaison; Tianjin and Hebei: to the hotline there", f"{ART} 21, 22", ("domain/dispatch.py", "domain/notices.py", "domain/unit.py"), ("policy/catalogue", "policy/units")),
    Rule(21, "Enterprises for water, power, gas and heat answer around the clock", f"{ART} 19", ("domain/deadlines.py", "domain/terms.py"), ("policy/units", "service_hours.opens", "service_hours.closes")),
    Rule(22, "Every dispatched ticket bears its deadline; a calendar that comes late moves it", f"{ART} 13, 民法典 art. 201, 203", ("domain/dispatch.py", "domain/deadlines.py", "domain/calendar.py", "domain/leg.py", "domain/replanning.py"), ("tiers.*.handling", "service_hours.days_end_at_close", "policy/calendar")),
    Rule(23, "Dispatched within 1, 2 or 24 hours of receipt", "DB11/T 2021—2022, press", ("domain/taking_up.py",), ("tiers.*.dispatch",)),
    Rule(24, "The lead unit contacts the complainant, and reports to complainant and centre", f"{ART} 15", ("domain/handling.py", "domain/report.py", "domain/notices.py"), ("tiers.*.sign_in", "tiers.*.contact")),
    Rule(25, "What cannot be resolved is explained, with evidence and the centre's approval; it never counts as resolved", f"{ART} 14-20", ("domain/approval.py", "domain/callback.py"), ("approval",)),
    Rule(26, "Co-handlers report to the lead within their own limit; with one open the lead reports only for a kept reason", f"{ART} 14", ("domain/cohandling.py", "domain/report.py"), ("cohandler_percent",)),
    Rule(27, "A street whistles, departments report in; refusal or silence goes to the district", f"{ART} 16, 33", ("domain/cohandling.py",), ("report_in",)),
    Rule(28, "Whoever a unit escalates to owes an opinion: press, reassign, order co-handling, extend, take over", f"{ART} 20", ("domain/escalation.py", "domain/extension.py"), ("opinion",)),
    Rule(29, "No unit hands its duty on", "国办函〔2025〕66号", ("domain/lifecycle.py", "api/permissions.py")),
    Rule(30, "Sensitive words, a group, a third repeat raise how closely it is watched", "own default", ("domain/risk.py", "domain/repeat.py"), ("words.sensitive", "words.group", "raise_at_repeats", "raise_at_joined")),
    Rule(31, "Handling ends without a result only on a written request that the centre approves", "潍坊 art. 22", ("domain/approval.py",), ("approval",)),
    Rule(32, "Three questions; attempts at different hours, then a form, then not reached; nobody is asked twice", f"{ART} 23", ("domain/callback.py", "domain/answers.py"), ("callback.on_expiry", "callback.attempts", "callback.hours", "callback.window", "callback.form", "rework_percent", "basically_satisfied_weight")),
    Rule(44, "Emergency mode: a switch with a scope; what is in it goes first, the rest is deferred from assessment", f"{ART} 24-29", ("domain/risk.py", "activities/triage.py", "store/emergencies.py", "api/routes/emergencies.py", "api/routes/batches.py")),
    Rule(45, "Every answer of the knowledge base has an owning unit, which keeps it true", f"{ART} 31", ("domain/knowledge.py", "store/knowledge.py", "api/routes/knowledge.py", "activities/duties.py"), ("policy/knowledge", "knowledge.warning_days", "knowledge.press_days", "knowledge.review_days")),
)  # fmt: skip

LIMITS: tuple[Limit, ...] = (
    Limit("Handling tiers 2 h, 24 h, 7 d, 15 d", "municipal opinion of 2020", ("domain/limits.py", "domain/terms.py"), ("tiers.*.handling", "policy/catalogue"), ("tests/domain/test_deadlines.py", "tests/rulebook/test_shipped_policy.py")),
    Limit("How days are counted", "民法典 art. 201, 203", ("domain/deadlines.py", "domain/calendar.py", "domain/counting.py", "domain/explanation.py"), ("policy/calendar", "policy/catalogue", "service_hours.days_end_at_close"), ("tests/domain/test_three_years.py", "tests/domain/test_deadline_properties.py", "tests/domain/test_calendar.py", "tests/domain/test_ten_deadlines.py", "tests/domain/test_counting.py")),
    Limit("A calendar published later", "own default", ("domain/replanning.py", "workers/replanning.py"), ("policy/calendar",), ("tests/domain/test_replanning.py",)),
    Limit("Dispatch objection, arbitration, designation after two", f"{ART} 12, 潍坊 art. 21", ("domain/objection.py", "domain/dispute.py"), ("tiers.*.objection", "objection_decision", "upheld_objections"), ("tests/domain/test_objection.py", "tests/api/test_reports.py")),
    Limit("Extensions", f"{ART} 15", ("domain/extension.py",), ("tiers.*.extensions", "tiers.*.extension", "extension_decision"), ("tests/domain/test_extension.py",)),
    Limit("Reminders", "own default", ("domain/terms.py",), ("reminder_percents", "tiers.*.day_before_reminder"), ("tests/domain/test_handling.py",)),
    Limit("Overdue: supervision, then the ladder", f"{ART} 5, 20", ("domain/ringing.py", "domain/escalation.py"), ("tiers.*.handling", "opinion"), ("tests/domain/test_escalation.py",)),
    Limit("Rework once, then up, then the end", "济南 art. 27", ("domain/callback.py",), ("rework_percent",), ("tests/domain/test_rework.py", "tests/domain/test_anger.py")),
)  # fmt: skip

OUTSIDE: tuple[Outside, ...] = (
    Outside(33, "Response, resolution and satisfaction rate, and their composite", "a district's formula", "The closing row says the answers and whether the callback counts; weights stand in policy"),
    Outside(34, "Rates with and without what is excluded; exclusion is applied for and may be appealed", f"{ART} 32-36", "What emergency mode defers is marked on the ticket"),
    Outside(35, "Rankings by family and period", f"{ART} 32-36, 国办函〔2025〕66号", "Units bear their family"),
    Outside(36, "Who is asked to an interview", f"{ART} 32-36", "–"),
    Outside(37, "Both sides of a whistle are assessed", f"{ART} 16, 33", "Whistle, report-in, refusal and silence are journal rows"),
    Outside(38, "Units receive all their tickets and results; results are published", f"{ART} 28, 34", "Lists and signed notices to units; nothing is published"),
    Outside(39, "Falsification, perfunctory handling and forced closing are found; correction is on record", f"{ART} 35, 36", "Audit flags on the closing row (domain/closing.py); no appeal"),
    Outside(40, "Common and long unsolved problems are found from the tickets", f"{ART} 24-29", "–"),
    Outside(41, "Streets where complaints concentrate", f"{ART} 24-29", "–"),
    Outside(42, "Forecast and early warning", f"{ART} 24-29", "–"),
    Outside(43, "Daily, weekly, monthly and special reports", f"{ART} 24-29", "Hourly counts of an emergency; the dashboard of operations"),
)  # fmt: skip
