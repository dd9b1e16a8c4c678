"""Every figure that the hotline publishes, on one screen. Labels are codes of ours alone: a ticket number would make
a series for every complaint, and a name or a phone has no place here at all (R5)."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

disable_created_metrics()  # a second series for every counter, which nobody asks for

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

_ANSWER = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10)
_WAIT = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200)

# The API, at its door.
REQUESTS = Histogram(
    "hotline_http_request_seconds",
    "Time to answer an HTTP request, by the route's template.",
    ["method", "route", "status"],
    buckets=_ANSWER,
    registry=REGISTRY,
)
INTAKE = Counter(
    "hotline_intake",
    "Complaints handed in: code `accepted`, `repeated` under the same key, or that of the refusal.",
    ["code"],
    registry=REGISTRY,
)
for code in ("accepted", "repeated", "busy", "crowded", "key_not_known", "failed"):
    INTAKE.labels(code)  # told from the start, so that the first one of them is seen to come
REFUSALS = Counter(
    "hotline_refusals",
    "Refusals by code, where they were told: a route, or `relay` for an action that was answered with 202 before.",
    ["where", "code"],
    registry=REGISTRY,
)

# The relay.
ENGINE_AWAY = Gauge("hotline_engine_away", "1 while this relay waits for an engine that is away.", registry=REGISTRY)
DELIVERIES = Counter(
    "hotline_deliveries",
    "Tries to bring a kept command to the engine: `started`, `applied`, `refused`, `pending` or `failed`. An intake is "
    "`applied` when it ended as it was taken up, without the engine.",
    ["action", "result"],
    registry=REGISTRY,
)
DELIVERY = Histogram(
    "hotline_delivery_seconds",
    "From the receipt of a command until the relay had it acknowledged by the engine.",
    ["urgency"],
    buckets=_WAIT,
    registry=REGISTRY,
)

# The worker, and the relay for what ends without a workflow: where the journal is written.
ROWS = Counter("hotline_journal_rows", "Rows written into the journal, by event.", ["kind"], registry=REGISTRY)
TAKE_UP = Histogram(
    "hotline_take_up_seconds",
    "From a complaint's receipt until it was classified and disposed of.",
    ["urgent"],
    buckets=_WAIT,
    registry=REGISTRY,
)
LATENESS = Histogram(
    "hotline_clock_lateness_seconds",
    "From the instant at which a clock ran out until the journal had it.",
    ["clock"],
    buckets=(0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 86400),
    registry=REGISTRY,
)

# The notices.
NOTICES = Counter("hotline_notices", "Notices posted: `taken` or `not_taken`.", ["result"], registry=REGISTRY)
NOTICE = Histogram(
    "hotline_notice_seconds",
    "From the queueing of a notice until its receiver had taken it.",
    buckets=_WAIT,
    registry=REGISTRY,
)

# Every process with a database.
CONNECTIONS = Gauge(
    "hotline_database_connections",
    "Connections of this process: `used` or `idle`; of the pool `main`, of what runs workflows (`work`), to a replica.",
    ["state", "pool"],
    registry=REGISTRY,
)
MOST_CONNECTIONS = Gauge(
    "hotline_database_connections_most", "Most connections that this pool opens.", ["pool"], registry=REGISTRY
)

# The census: asked of the database by one process for all (telemetry/census.py).
WAITING = Gauge(
    "hotline_waiting",
    "Commands that the engine has not acknowledged and that are at least so many seconds old.",
    ["urgency", "older_than"],
    registry=REGISTRY,
)
WAITING_OLDEST = Gauge(
    "hotline_waiting_oldest_seconds", "Age of the oldest of them; 0 without any.", ["urgency"], registry=REGISTRY
)
NOT_TAKEN_UP = Gauge(
    "hotline_not_taken_up_seconds",
    "Age of the `oldest` complaint that the engine has and that was not taken up yet; 0 without any.",
    ["which"],
    registry=REGISTRY,
)
OPEN = Gauge("hotline_open_complaints", "Complaints that are not closed.", ["stage", "tier"], registry=REGISTRY)
OVERDUE = Gauge(
    "hotline_overdue_complaints", "Open complaints past their handling limit.", ["stage"], registry=REGISTRY
)
MISSED = Gauge(
    "hotline_clocks_missed",
    "Complaints whose next clock ran out more than a minute ago and has not rung.",
    ["stage"],
    registry=REGISTRY,
)
OUTBOX_OLDEST = Gauge(
    "hotline_outbox_oldest_seconds",
    "Age of the oldest notice that waits for the receiver of an audience (a unit's code).",
    ["audience"],
    registry=REGISTRY,
)
MONTHS = Gauge("hotline_months_ahead", "Months after this one for which there is room.", ["table"], registry=REGISTRY)
ASKED = Gauge(
    "hotline_census_timestamp_seconds", "When the census was last taken, in Unix time.", ["part"], registry=REGISTRY
)
ASKING = Gauge("hotline_census_seconds", "How long that took.", ["part"], registry=REGISTRY)
