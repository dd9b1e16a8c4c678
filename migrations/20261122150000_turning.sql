-- migrate:up
-- Whether anybody's key stands under another key of the ring is asked every minute, so it must cost nothing.
SET lock_timeout = '5s';

CREATE INDEX complainants_key_id ON complainants (key_id) WHERE wrapped_key IS NOT NULL;

-- migrate:down
DROP INDEX complainants_key_id;
