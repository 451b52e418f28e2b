-- corpus: tool=golang-migrate; history=saas
-- expect: superuser at "SUPERUSER" #1
-- ---
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ops') THEN
        CREATE ROLE ops LOGIN;
    END IF;
END
$$;
ALTER ROLE ops WITH SUPERUSER CREATEDB;
