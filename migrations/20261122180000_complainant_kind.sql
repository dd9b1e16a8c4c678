-- migrate:up
-- As what somebody speaks belongs to the complaint: the same phone may speak for an enterprise tomorrow.
SET lock_timeout = '5s';

ALTER TABLE complaints ADD COLUMN complainant_kind text NOT NULL DEFAULT 'natural_person';
UPDATE complaints c SET complainant_kind = p.kind FROM complainants p
WHERE p.complainant_id = c.complainant_id AND p.kind <> c.complainant_kind;
ALTER TABLE complainants DROP COLUMN kind;

-- migrate:down
ALTER TABLE complainants ADD COLUMN kind text NOT NULL DEFAULT 'natural_person';
ALTER TABLE complaints DROP COLUMN complainant_kind;
