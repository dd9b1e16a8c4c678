-- migrate:up
-- In which order waiting commands of one urgency are brought: not as they came, but district by district in turn.
SET lock_timeout = '5s';

ALTER TABLE inbox ADD COLUMN turn_at timestamptz NOT NULL DEFAULT now();
UPDATE inbox SET turn_at = next_try_at WHERE acknowledged_at IS NULL;
CREATE INDEX inbox_turns ON inbox (urgency, turn_at) WHERE acknowledged_at IS NULL;
DROP INDEX inbox_waiting;

-- migrate:down
CREATE INDEX inbox_waiting ON inbox (urgency, next_try_at) WHERE acknowledged_at IS NULL;
DROP INDEX inbox_turns;
ALTER TABLE inbox DROP COLUMN turn_at;
