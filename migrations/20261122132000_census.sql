-- migrate:up
-- Indexes over open things only, so that counting them costs the same however much is stored.
SET lock_timeout = '5s';

CREATE INDEX tickets_open ON tickets (stage, tier) WHERE stage <> 'closed';
CREATE INDEX outbox_unsent ON outbox (audience, created_at) WHERE sent_at IS NULL;

-- migrate:down
DROP INDEX tickets_open;
DROP INDEX outbox_unsent;
