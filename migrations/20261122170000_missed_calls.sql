-- migrate:up
-- Calls that nobody took (R9): who is to be called back, until when, and what was tried.
SET lock_timeout = '5s';

CREATE SEQUENCE missed_call_numbers;
CREATE TABLE missed_calls (
    code text COLLATE "C" PRIMARY KEY,      -- MC-20261122-000017
    complainant_id uuid NOT NULL,           -- the phone is theirs, sealed under their key
    line text NOT NULL,
    urgent boolean NOT NULL,
    called_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    state text NOT NULL CHECK (state IN ('open', 'joined', 'called_again', 'reached', 'not_reached', 'wrong_number')),
    main text NOT NULL DEFAULT '',          -- the call of the same person that this one is joined to
    calls integer NOT NULL DEFAULT 1,       -- how often they have called, joined ones too
    not_before timestamptz NOT NULL,
    due timestamptz NOT NULL,
    attempts jsonb NOT NULL DEFAULT '[]',
    ticket_no text NOT NULL DEFAULT '',
    actor text NOT NULL,
    key text NOT NULL,
    digest bytea NOT NULL,
    UNIQUE (actor, key)
);
CREATE UNIQUE INDEX missed_calls_open ON missed_calls (complainant_id, line) WHERE state = 'open';
CREATE INDEX missed_calls_due ON missed_calls (due) WHERE state = 'open';
CREATE INDEX missed_calls_person ON missed_calls (complainant_id);

-- migrate:down
DROP TABLE missed_calls;
DROP SEQUENCE missed_call_numbers;
