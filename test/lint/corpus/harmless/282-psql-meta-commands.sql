-- corpus: tool=sql; postgres=15; direction=up
-- ---
\set ON_ERROR_STOP on
\echo 'DROP TABLE is only a word here; ALTER TABLE too'
\timing off
\if :{?verbose}
\echo verbose
\endif
CREATE TABLE IF NOT EXISTS parameters (
    name text PRIMARY KEY,
    value text NOT NULL
);
\i other-file.sql
\conninfo
INSERT INTO parameters VALUES ('a', 'b') ON CONFLICT DO NOTHING;
\q
