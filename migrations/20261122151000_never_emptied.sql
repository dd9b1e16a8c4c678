-- migrate:up
-- TRUNCATE asks no row whether it may go: what is only ever added to has to refuse it table by table, since a trigger
-- on a partitioned table does not stand before its months.
SET lock_timeout = '5s';

CREATE FUNCTION refuse_emptying() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    book regclass;
BEGIN
    FOR book IN SELECT DISTINCT tgrelid::regclass FROM pg_trigger
        WHERE tgfoid IN ('journal_is_append_only'::regproc, 'is_append_only'::regproc) AND tgname <> 'never_emptied' LOOP
        IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = book AND tgname = 'never_emptied') THEN
            EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %s FOR EACH STATEMENT
                EXECUTE FUNCTION is_append_only()', book);
        END IF;
    END LOOP;
END $$;
SELECT refuse_emptying();

-- migrate:down
DO $$
DECLARE
    book regclass;
BEGIN
    FOR book IN SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'never_emptied' LOOP
        EXECUTE format('DROP TRIGGER never_emptied ON %s', book);
    END LOOP;
END $$;
DROP FUNCTION refuse_emptying;
