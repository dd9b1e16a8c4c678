-- migrate:up
-- Objections are a few in a hundred rows of the journal; the report of disputed items reads them alone.
SET lock_timeout = '5s';

CREATE INDEX journal_objections ON journal (at) WHERE kind = 'Objected';

-- migrate:down
DROP INDEX journal_objections;
