-- migrate:up
-- As what somebody speaks belongs to the complaint: the same phone may speak for an enterprise tomorrow.
SET lock_timeout = '5s';

ALTER TABLE complaints ADD COLUMN complainant_kind text NOT NULL DEFAULT 'natural_person';
UPDATE complaints c SET complainant_kind = p.kind FROM complainants p
WHERE p.complainant_id = c.complainant_id AND p.kind <> c.complainant_kind;
ALTER TABLE complainants DROP COLUMN kind;

-- migrate:down
ALTER TABLE complainants ADD COLUMN kind text NOT NULL DEFAULT 'natural_person';
UPDATE complainants p SET kind = latest.complainant_kind
FROM (SELECT DISTINCT ON (complainant_id) complainant_id, complainant_kind FROM complaints
      ORDER BY complainant_id, ticket_no DESC) latest
WHERE p.complainant_id = latest.complainant_id AND latest.complainant_kind <> 'natural_person';
ALTER TABLE complaints DROP COLUMN complainant_kind;
