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

-- Every table that is partitioned has its months opened, so that a new one cannot be forgotten.
CREATE OR REPLACE FUNCTION open_months(first date, months integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    big text;
    month date;
BEGIN
    FOR big IN SELECT relname FROM pg_class
        WHERE relkind = 'p' AND relnamespace = current_schema()::regnamespace ORDER BY relname LOOP
        FOR step IN 0 .. months - 1 LOOP
            month := date_trunc('month', first) + make_interval(months => step);
            EXECUTE format(
                'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                big || '_' || to_char(month, 'YYYYMM'), big,
                to_char(month, 'YYYYMM'), to_char(month + interval '1 month', 'YYYYMM'));
        END LOOP;
    END LOOP;
END $$;

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
CREATE OR REPLACE FUNCTION open_months(first date, months integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    big text;
    month date;
BEGIN
    FOREACH big IN ARRAY ARRAY['complaints', 'proposals', 'tickets', 'ticket_units', 'inbox', 'journal', 'outbox'] LOOP
        FOR step IN 0 .. months - 1 LOOP
            month := date_trunc('month', first) + make_interval(months => step);
            EXECUTE format(
                'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                big || '_' || to_char(month, 'YYYYMM'), big,
                to_char(month, 'YYYYMM'), to_char(month + interval '1 month', 'YYYYMM'));
        END LOOP;
    END LOOP;
END $$;
