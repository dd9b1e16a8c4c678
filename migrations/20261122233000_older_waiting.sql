-- migrate:up
-- Whether a complaint has an older command that waits, asked for each one that a claim looks at. By the primary key all
-- commands of the complaint were read for it, also those that were brought long ago.
SET lock_timeout = '5s';

CREATE INDEX inbox_older ON inbox (ticket_no, received_at) WHERE acknowledged_at IS NULL;

-- migrate:down
DROP INDEX inbox_older;
