-- migrate:up
-- Notices are numbered when their audience first fetches them, one fetcher at a time: a later number is never seen
-- before an earlier one. `created_at` is when a transaction began, and a slower one may have begun before.
SET lock_timeout = '5s';

CREATE SEQUENCE notice_numbers;
ALTER TABLE outbox ADD COLUMN number bigint;
CREATE INDEX outbox_numbered ON outbox (audience, number);
CREATE INDEX outbox_unnumbered ON outbox (audience, created_at) WHERE number IS NULL;

-- migrate:down
ALTER TABLE outbox DROP COLUMN number;
DROP SEQUENCE notice_numbers;
