-- migrate:up
-- The lines with seats of their own are rare, and listed by themselves (R7, R8).
SET lock_timeout = '5s';

CREATE INDEX tickets_line ON tickets (line, ticket_no DESC) WHERE line <> 'ordinary';

-- migrate:down
DROP INDEX tickets_line;
