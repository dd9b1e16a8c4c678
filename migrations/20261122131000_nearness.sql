-- migrate:up
-- Terms: what the words of a complaint are found by, keyed hashes of pairs of characters and of names (ADR 0011).
-- ticket_terms serves lists and lasts as long as the words open; open_terms holds open complaints alone, so that
-- seeking the ones nearest to a new one costs the same however many were closed before.
SET lock_timeout = '5s';

CREATE TABLE ticket_terms (
    ticket_no text COLLATE "C" PRIMARY KEY,
    pairs integer[] NOT NULL,
    names integer[] NOT NULL
) PARTITION BY RANGE (ticket_no);
CREATE INDEX ticket_terms_pairs ON ticket_terms USING gin (pairs) WITH (gin_pending_list_limit = 256);

CREATE TABLE open_terms (
    ticket_no text COLLATE "C" PRIMARY KEY,
    terms integer[] NOT NULL    -- of both sorts
);
-- Asked term by term: each of them would read all of a pending list.
CREATE INDEX open_terms_terms ON open_terms USING gin (terms) WITH (fastupdate = off);

CREATE FUNCTION terms_of_closed_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM open_terms WHERE ticket_no = NEW.ticket_no;
    RETURN NULL;
END $$;
CREATE TRIGGER tickets_closed AFTER UPDATE OF stage ON tickets
    FOR EACH ROW WHEN (NEW.stage = 'closed' AND OLD.stage <> 'closed') EXECUTE FUNCTION terms_of_closed_go();

-- Complaints about one item in one place that are still open.
CREATE INDEX tickets_open_place ON tickets (item, district, ticket_no DESC) WHERE stage <> 'closed';

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
DO $$
DECLARE
    month text;
BEGIN
    FOR month IN SELECT right(relname, 6) FROM pg_class
        WHERE relkind = 'r' AND relispartition AND relname ~ '^tickets_[0-9]{6}$'
            AND relnamespace = current_schema()::regnamespace LOOP
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS %I PARTITION OF ticket_terms FOR VALUES FROM (%L) TO (%L)',
            'ticket_terms_' || month, month, to_char(to_date(month, 'YYYYMM') + interval '1 month', 'YYYYMM'));
    END LOOP;
END $$;

-- migrate:down
DROP TRIGGER tickets_closed ON tickets;
DROP INDEX tickets_open_place;
DROP TABLE ticket_terms, open_terms;
DROP FUNCTION terms_of_closed_go;
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
