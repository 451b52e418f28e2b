-- corpus: tool=sql; postgres=15; history=saas; direction=up
-- ---
\pset pager off
\copy billing.plans (code, price) FROM 'plans.csv' WITH (FORMAT csv, HEADER)
SELECT format('GRANT SELECT ON %I.%I TO app_reader', schemaname, tablename) FROM pg_tables WHERE schemaname = 'app'
\gexec
\unset AUTOCOMMIT
SELECT 'DROP TABLE app.events;' AS statement \gset
\warn :statement
\! echo "TRUNCATE app.events;"
