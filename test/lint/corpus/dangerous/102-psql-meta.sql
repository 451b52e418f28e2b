-- corpus: tool=sql; history=saas; rows events=90000000
-- expect: type-change at "TYPE varchar(16)" #1
-- expect: drop-table at ":old_table" #1
-- because: each thing that is lost is marked by its name
-- ---
\set ON_ERROR_STOP 1
\timing on
SELECT count(*) AS n FROM app.events \gset
\if :{?n}
ALTER TABLE app.events ALTER COLUMN kind TYPE varchar(16);
\endif
\! echo 'DROP TABLE app.events;'
DROP TABLE :old_table;
