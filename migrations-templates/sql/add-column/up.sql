-- A column without a default, or with a constant one, is added at once: no row is rewritten.
-- A default that differs from row to row (random(), clock_timestamp()) rewrites the whole table under its lock.
ALTER TABLE {{table}} ADD COLUMN {{column}} {{type}};
