-- migrate:up
-- The foundation: what was said, what was asked, what happened, where it stands, what leaves.
-- Tables that grow with every complaint are partitioned by month of receipt. A ticket number begins with its day
-- (20261122-00000017), so a range over ticket numbers is a range over months and every lookup prunes to one.
SET lock_timeout = '5s';

CREATE SEQUENCE ticket_numbers;

CREATE TABLE complainants (
    complainant_id uuid PRIMARY KEY,
    phone_hash bytea UNIQUE,
    wrapped_key bytea,          -- opens this person's sealed columns; erased with the person
    key_id text NOT NULL,       -- the key of the ring that wraps it
    kind text NOT NULL,
    name_sealed bytea,
    phone_sealed bytea,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE intake_keys (
    actor text NOT NULL,
    key text NOT NULL,
    digest bytea NOT NULL,
    ticket_no text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (actor, key)
);

CREATE TABLE complaints (
    ticket_no text COLLATE "C" PRIMARY KEY,
    complainant_id uuid NOT NULL,
    received_at timestamptz NOT NULL,
    kind text,
    channel text NOT NULL,
    matter_sealed bytea NOT NULL,
    district text NOT NULL,
    street text NOT NULL,
    community text NOT NULL,
    point_sealed bytea,
    item text NOT NULL,
    answered boolean NOT NULL,
    repeat_of text NOT NULL,
    confidential boolean NOT NULL,
    attachments jsonb NOT NULL
) PARTITION BY RANGE (ticket_no);

CREATE TABLE proposals (
    ticket_no text COLLATE "C" PRIMARY KEY,
    model text NOT NULL,
    candidates jsonb NOT NULL,
    reasons text[] NOT NULL,
    proposed_at timestamptz NOT NULL DEFAULT now()
) PARTITION BY RANGE (ticket_no);

CREATE TABLE tickets (
    ticket_no text COLLATE "C" PRIMARY KEY,
    received_at timestamptz NOT NULL,
    seq integer NOT NULL DEFAULT 0,
    head text NOT NULL DEFAULT '',
    stage text NOT NULL DEFAULT 'received',
    kind text,
    channel text NOT NULL,
    item text NOT NULL DEFAULT '',
    district text NOT NULL DEFAULT '',
    street text NOT NULL DEFAULT '',
    urgent boolean NOT NULL DEFAULT false,
    lead text NOT NULL DEFAULT '',
    units text[] NOT NULL DEFAULT '{}',
    tier text NOT NULL DEFAULT '',
    policy text NOT NULL DEFAULT '',
    due timestamptz,
    next_clock text NOT NULL DEFAULT '',
    next_due timestamptz,
    overdue boolean NOT NULL DEFAULT false,
    outcome text NOT NULL DEFAULT '',
    standing jsonb NOT NULL DEFAULT '{}',
    changed_at timestamptz NOT NULL DEFAULT now()
) PARTITION BY RANGE (ticket_no);
CREATE INDEX tickets_stage ON tickets (stage, ticket_no DESC);
CREATE INDEX tickets_lead ON tickets (lead, stage, ticket_no DESC);
CREATE INDEX tickets_district ON tickets (district, ticket_no DESC);
CREATE INDEX tickets_due ON tickets (due) WHERE stage NOT IN ('closed', 'callback');

CREATE TABLE ticket_units (
    unit text NOT NULL,
    ticket_no text COLLATE "C" NOT NULL,
    PRIMARY KEY (unit, ticket_no)
) PARTITION BY RANGE (ticket_no);

CREATE TABLE inbox (
    ticket_no text COLLATE "C" NOT NULL,
    command_id text NOT NULL,
    action text NOT NULL,
    actor_role text NOT NULL,
    actor_name text NOT NULL,
    actor_unit text NOT NULL,
    facts jsonb NOT NULL,
    words_sealed bytea,
    digest bytea NOT NULL,
    urgency smallint NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'applied', 'refused')),
    code text NOT NULL DEFAULT '',
    told jsonb,
    settled_at timestamptz,
    acknowledged_at timestamptz,
    tries integer NOT NULL DEFAULT 0,
    next_try_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (ticket_no, command_id)
) PARTITION BY RANGE (ticket_no);
CREATE INDEX inbox_waiting ON inbox (urgency, next_try_at) WHERE acknowledged_at IS NULL;

CREATE TABLE journal (
    ticket_no text COLLATE "C" NOT NULL,
    seq integer NOT NULL,
    step text NOT NULL,
    kind text NOT NULL,
    actor_role text NOT NULL,
    actor_name text NOT NULL,
    actor_unit text NOT NULL,
    at timestamptz NOT NULL,
    facts jsonb NOT NULL,
    hash text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (ticket_no, seq)
) PARTITION BY RANGE (ticket_no);

CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only: % refused', TG_OP;
END $$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();

CREATE TABLE outbox (
    ticket_no text COLLATE "C" NOT NULL,
    key text NOT NULL,          -- step + kind + audience: what makes a notice one notice
    audience text NOT NULL,
    kind text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    tries integer NOT NULL DEFAULT 0,
    next_try_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (ticket_no, key)
) PARTITION BY RANGE (ticket_no);
CREATE INDEX outbox_waiting ON outbox (next_try_at) WHERE sent_at IS NULL;
CREATE INDEX outbox_audience ON outbox (audience, created_at);

CREATE TABLE receivers (
    audience text PRIMARY KEY,
    url text NOT NULL,
    secret_sealed bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE policy_versions (
    version text PRIMARY KEY,
    effective_from date NOT NULL,
    book text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    applied_by text NOT NULL
);

CREATE TABLE api_keys (
    key_hash bytea PRIMARY KEY,
    name text NOT NULL UNIQUE,
    role text NOT NULL,
    unit text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz
);

CREATE FUNCTION open_months(first date, months integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    big text;
    month date;
BEGIN
    FOREACH big IN ARRAY ARRAY['complaints', 'proposals', 'tickets', 'ticket_units', 'inbox', 'journal', 'outbox'] LOOP
        FOR step IN 0 .. months - 1 LOOP
            month := date_trunc('month', first) + make_interval(months => step);
            EXECUTE format(
                'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                big || '_' || to_char(month, 'YYYYMM'), big,
                to_char(month, 'YYYYMM'), to_char(month + interval '1 month', 'YYYYMM'));
        END LOOP;
    END LOOP;
END $$;

-- migrate:down
DROP TABLE complainants, intake_keys, complaints, proposals, tickets, ticket_units, inbox, journal, outbox, receivers,
    policy_versions, api_keys;
DROP FUNCTION open_months, journal_is_append_only;
DROP SEQUENCE ticket_numbers;
