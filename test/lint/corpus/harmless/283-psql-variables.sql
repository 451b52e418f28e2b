-- corpus: tool=sql; postgres=15; direction=up
-- ---
\set schema reporting
CREATE SCHEMA IF NOT EXISTS :"schema";
SET search_path TO :"schema";
CREATE TABLE runs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_by text NOT NULL DEFAULT :'user'
);
SELECT count(*) AS rows FROM runs \gset
