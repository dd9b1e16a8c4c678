-- migrate:up
-- Privacy: who was erased, who was shown personal data, and which keys of the ring are gone for good.
SET lock_timeout = '5s';

CREATE INDEX complaints_complainant ON complaints (complainant_id);

CREATE TABLE erasures (
    complainant_id uuid PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    by text NOT NULL
);

CREATE TABLE views (
    view_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket_no text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    role text NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    what text[] NOT NULL        -- matter, contact, notes
);
CREATE INDEX views_ticket ON views (ticket_no, view_id DESC);

CREATE FUNCTION is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END $$;
CREATE TRIGGER erasures_append_only BEFORE UPDATE OR DELETE ON erasures
    FOR EACH ROW EXECUTE FUNCTION is_append_only();
CREATE TRIGGER views_append_only BEFORE UPDATE OR DELETE ON views
    FOR EACH ROW EXECUTE FUNCTION is_append_only();

CREATE TABLE dropped_keys (
    key_id text PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE receivers ADD COLUMN key_id text NOT NULL
    GENERATED ALWAYS AS (split_part(encode(secret_sealed, 'escape'), ':', 1)) STORED;

-- A process that still seals under a key that was dropped would write what nobody can ever open. It is told that the
-- database does not take it (class 57, operator intervention), and nothing is kept.
CREATE FUNCTION key_is_still_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM dropped_keys d WHERE d.key_id = NEW.key_id) THEN
        RAISE EXCEPTION 'key % was dropped from the ring: restart this process', NEW.key_id
            USING ERRCODE = 'operator_intervention';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER complainants_key AFTER INSERT OR UPDATE OF key_id ON complainants
    FOR EACH ROW EXECUTE FUNCTION key_is_still_there();
CREATE TRIGGER receivers_key AFTER INSERT OR UPDATE OF secret_sealed ON receivers
    FOR EACH ROW EXECUTE FUNCTION key_is_still_there();

-- migrate:down
DROP TRIGGER receivers_key ON receivers;
DROP TRIGGER complainants_key ON complainants;
ALTER TABLE receivers DROP COLUMN key_id;
DROP TABLE dropped_keys, views, erasures;
DROP FUNCTION key_is_still_there, is_append_only;
DROP INDEX complaints_complainant;
