-- migrate:up
-- Lists by item and lists of what is overdue: few among very many, and read from the newest on.
SET lock_timeout = '5s';

CREATE INDEX tickets_item ON tickets (item, ticket_no DESC);
CREATE INDEX tickets_overdue ON tickets (ticket_no DESC) WHERE overdue;

-- migrate:down
DROP INDEX tickets_item, tickets_overdue;
