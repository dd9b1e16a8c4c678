-- migrate:up
-- One phone, several people: the name that came with a complaint is kept with it.
SET lock_timeout = '5s';

ALTER TABLE complaints ADD COLUMN name_sealed bytea;

-- migrate:down
ALTER TABLE complaints DROP COLUMN name_sealed;
