-- migrate:up
-- One decision on many like tickets (R44). Each ticket has its own command, whose id follows from batch and ticket.
SET lock_timeout = '5s';

CREATE TABLE batches (
    batch_id uuid PRIMARY KEY,
    action text NOT NULL,
    actor_role text NOT NULL,
    actor_name text NOT NULL,
    actor_unit text NOT NULL,
    digest bytea NOT NULL,
    ticket_nos text[] NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now()
);

-- migrate:down
DROP TABLE batches;
