-- migrate:up
-- What may end as it is taken up, while the engine is away: a few of many thousands that wait, in order. Without an index
-- of its own the planner read and sorted all of them for each (23,000 waiting: 257 ms).
SET lock_timeout = '5s';

CREATE INDEX inbox_at_once ON inbox (urgency, turn_at)
    WHERE acknowledged_at IS NULL AND command_id = 'intake' AND facts ->> 'at_once' = 'true';

-- migrate:down
DROP INDEX inbox_at_once;
