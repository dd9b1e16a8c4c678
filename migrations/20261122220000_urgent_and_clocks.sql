-- migrate:up
-- What the seat called urgent stays so after the complaint was taken up; and clocks that ran out unheard are found by
-- themselves, whether or not the complaint is past its handling limit.
SET lock_timeout = '5s';

ALTER TABLE complaints ADD COLUMN urgent boolean NOT NULL DEFAULT false;
CREATE INDEX tickets_clock ON tickets (next_due) WHERE stage <> 'closed';

-- migrate:down
DROP INDEX tickets_clock;
ALTER TABLE complaints DROP COLUMN urgent;
