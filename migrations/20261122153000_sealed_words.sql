-- migrate:up
-- Everything that people write is sealed: the community is as good as an address in a village, a reference may be named
-- after a phone. No release has run yet: what trials kept in plain is not carried over.
SET lock_timeout = '5s';

ALTER TABLE complaints
    DROP COLUMN community,
    DROP COLUMN attachments,
    ADD COLUMN community_sealed bytea,
    ADD COLUMN attachments_sealed bytea;

-- migrate:down
ALTER TABLE complaints
    DROP COLUMN community_sealed,
    DROP COLUMN attachments_sealed,
    ADD COLUMN community text NOT NULL DEFAULT '',
    ADD COLUMN attachments jsonb NOT NULL DEFAULT '[]';
