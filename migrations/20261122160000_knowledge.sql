-- migrate:up
-- The knowledge base (R10, R45): every version of every answer, and who kept it; the newest version is the answer.
SET lock_timeout = '5s';

CREATE TABLE knowledge (
    entry bigint GENERATED ALWAYS AS IDENTITY UNIQUE,   -- grows with every version: has anything changed?
    code text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    item text NOT NULL,
    unit text NOT NULL,         -- whose duty it is to keep it true
    questions text[] NOT NULL,
    answer text NOT NULL,
    review_on date NOT NULL,
    state text NOT NULL CHECK (state IN ('in_force', 'withdrawn')),
    at timestamptz NOT NULL DEFAULT now(),
    by_role text NOT NULL,
    by_name text NOT NULL,
    by_unit text NOT NULL,
    PRIMARY KEY (code, version)
);
CREATE TRIGGER knowledge_append_only BEFORE UPDATE OR DELETE ON knowledge
    FOR EACH ROW EXECUTE FUNCTION is_append_only();
SELECT refuse_emptying();

-- Duties beside complaints use inbox and outbox too. Their codes begin with a letter, a ticket number with a digit.
CREATE TABLE inbox_duties PARTITION OF inbox FOR VALUES FROM ('A') TO (MAXVALUE);
CREATE TABLE outbox_duties PARTITION OF outbox FOR VALUES FROM ('A') TO (MAXVALUE);

-- migrate:down
DROP TABLE inbox_duties, outbox_duties, knowledge;
