-- migrate:up
-- A look-up through many months looks dear to the planner, which then starts worker processes for it: 8 ms, where the
-- look-up itself takes one. What is asked all day is asked by many at once; processors are busy without them.
SET lock_timeout = '5s';

DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET max_parallel_workers_per_gather = 0', current_database());
END $$;

-- migrate:down
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET max_parallel_workers_per_gather', current_database()); END $$;
