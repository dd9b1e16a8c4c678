-- migrate:up
-- A person's complaints, the newest first: asked for with every complaint that is taken up. By the person alone, the
-- index lost against the numbers' own wherever a plan was made before the values were known, and all of a month was read.
SET lock_timeout = '5s';

CREATE INDEX complaints_of_person ON complaints (complainant_id, ticket_no DESC);
DROP INDEX complaints_complainant;

-- migrate:down
CREATE INDEX complaints_complainant ON complaints (complainant_id);
DROP INDEX complaints_of_person;
