-- migrate:up
-- Notices are claimed receiver by receiver, so that a slow one holds up no other; and those of the many audiences that
-- have no receiver, which wait for ever, are not passed over again at every look.
SET lock_timeout = '5s';

CREATE INDEX outbox_waiting_by_audience ON outbox (audience, next_try_at) WHERE sent_at IS NULL;
DROP INDEX outbox_waiting;

-- migrate:down
CREATE INDEX outbox_waiting ON outbox (next_try_at) WHERE sent_at IS NULL;
DROP INDEX outbox_waiting_by_audience;
