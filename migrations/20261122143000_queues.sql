-- migrate:up
-- What waits for a person, in the order in which it is to be taken: urgent first, then by when its clock runs out.
-- Written with the journal; only what waits stands here, so the table stays small.
SET lock_timeout = '5s';

CREATE TABLE waiting (
    ticket_no text COLLATE "C" NOT NULL,
    queue text NOT NULL,
    line text NOT NULL,
    urgency smallint NOT NULL,      -- 1 urgent, 3 ordinary, as in the inbox
    due timestamptz NOT NULL,
    opens_at timestamptz,
    PRIMARY KEY (ticket_no, queue)
);
CREATE INDEX waiting_queue ON waiting (queue, urgency, due, ticket_no);
CREATE INDEX waiting_line ON waiting (queue, line, urgency, due, ticket_no);

-- migrate:down
DROP TABLE waiting;
