-- migrate:up
-- What intake states beyond the matter (R2, R7, R8, R10, R12, R13), and what lists tell of it.
SET lock_timeout = '5s';

ALTER TABLE complaints
    ADD COLUMN line text NOT NULL DEFAULT 'ordinary',    -- ordinary, enterprise, minors
    ADD COLUMN origin text NOT NULL DEFAULT '',          -- the merged hotline that it came from
    ADD COLUMN against text NOT NULL DEFAULT '',         -- a platform enterprise that a consumer disputes with
    ADD COLUMN answer text NOT NULL DEFAULT '',          -- the knowledge that a consultation was answered with
    ADD COLUMN disposition text NOT NULL DEFAULT '',     -- why a seat found that it is not to be dispatched
    ADD COLUMN copy_to text NOT NULL DEFAULT '',         -- a unit that supervises what is not dispatched
    ADD COLUMN new_facts boolean NOT NULL DEFAULT false; -- whether a repeat brings any

ALTER TABLE tickets
    ADD COLUMN line text NOT NULL DEFAULT 'ordinary',
    ADD COLUMN main text NOT NULL DEFAULT '',            -- the ticket that this one is joined to
    ADD COLUMN supervision_level smallint NOT NULL DEFAULT 0,
    ADD COLUMN provisional boolean NOT NULL DEFAULT false;
CREATE INDEX tickets_provisional ON tickets (ticket_no) WHERE provisional AND stage <> 'closed';
CREATE INDEX tickets_main ON tickets (main) WHERE main <> '';

-- Emergency mode (R44): a switch with a scope. An empty district is the whole city, no items are all items.
CREATE TABLE emergencies (
    emergency_id text PRIMARY KEY,
    district text NOT NULL,
    items text[] NOT NULL,
    tier text NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT now(),
    begun_by text NOT NULL,
    ended_at timestamptz,
    ended_by text
);
CREATE UNIQUE INDEX emergencies_on ON emergencies (district) WHERE ended_at IS NULL;

-- migrate:down
DROP TABLE emergencies;
ALTER TABLE tickets DROP COLUMN line, DROP COLUMN main, DROP COLUMN supervision_level, DROP COLUMN provisional;
ALTER TABLE complaints DROP COLUMN line, DROP COLUMN origin, DROP COLUMN against, DROP COLUMN answer,
    DROP COLUMN disposition, DROP COLUMN copy_to, DROP COLUMN new_facts;
