-- migrate:up
-- Who was erased has no number any more: nobody can call them back, and nobody is pressed to.
SET lock_timeout = '5s';

ALTER TABLE missed_calls DROP CONSTRAINT missed_calls_state_check;
ALTER TABLE missed_calls ADD CONSTRAINT missed_calls_state_check
    CHECK (state IN ('open', 'joined', 'called_again', 'reached', 'not_reached', 'wrong_number', 'erased'));
UPDATE missed_calls m SET state = 'erased' FROM complainants p
WHERE m.complainant_id = p.complainant_id AND p.wrapped_key IS NULL AND m.state = 'open';

-- migrate:down
UPDATE missed_calls SET state = 'wrong_number' WHERE state = 'erased';
ALTER TABLE missed_calls DROP CONSTRAINT missed_calls_state_check;
ALTER TABLE missed_calls ADD CONSTRAINT missed_calls_state_check
    CHECK (state IN ('open', 'joined', 'called_again', 'reached', 'not_reached', 'wrong_number'));
