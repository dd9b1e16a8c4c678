-- migrate:up
-- Tries to prove that a complaint is one's own (R4), counted so that a phone cannot be guessed. `about` is a keyed hash
-- of a ticket number or of the place in the network that asks: neither can be read from here.
SET lock_timeout = '5s';

CREATE TABLE proof_tries (
    about bytea PRIMARY KEY,
    since timestamptz NOT NULL,
    tries integer NOT NULL
);
CREATE INDEX proof_tries_since ON proof_tries (since);

-- migrate:down
DROP TABLE proof_tries;
