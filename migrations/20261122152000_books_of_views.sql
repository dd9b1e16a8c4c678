-- migrate:up
-- Who was shown personal data, in books whose rows bind each other (docs/decisions/0012). A book runs on from month to
-- month; a ticket's views are all in one. No release has run yet: what trials noted is not carried over.
SET lock_timeout = '5s';

DROP TABLE views;

CREATE TABLE views (
    month text COLLATE "C" NOT NULL,    -- 202611: of the view, not of the ticket
    book smallint NOT NULL,
    seq bigint NOT NULL,
    ticket_no text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    role text NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    what text[] NOT NULL,               -- matter, contact, notes
    mac bytea NOT NULL,                 -- over the row before and this one, under a key of the ring
    PRIMARY KEY (month, book, seq)
) PARTITION BY RANGE (month);
CREATE INDEX views_ticket ON views (ticket_no, seq DESC);
CREATE TRIGGER views_append_only BEFORE UPDATE OR DELETE ON views
    FOR EACH ROW EXECUTE FUNCTION is_append_only();

-- Months that were open before this table was.
SELECT open_months(to_date(right(relname, 6), 'YYYYMM'), 1) FROM pg_class
WHERE relispartition AND relkind = 'r' AND relname ~ '^tickets_[0-9]{6}$'
    AND relnamespace = current_schema()::regnamespace;
SELECT refuse_emptying();

-- migrate:down
DROP TABLE views;
CREATE TABLE views (
    view_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket_no text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    role text NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    what text[] NOT NULL
);
CREATE INDEX views_ticket ON views (ticket_no, view_id DESC);
CREATE TRIGGER views_append_only BEFORE UPDATE OR DELETE ON views
    FOR EACH ROW EXECUTE FUNCTION is_append_only();
