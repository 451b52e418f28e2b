-- corpus: tool=golang-migrate; history=saas; rows accounts=90000
-- expect: hidden-ddl at "ALTER TABLE" #1
-- because: the command inside of the block is what is hidden
-- ---
-- Either way nobody sees what is locked
DO $do$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'app' LOOP
        EXECUTE format('ALTER TABLE app.%I ADD COLUMN IF NOT EXISTS updated_by uuid', t.tablename);
    END LOOP;
END
$do$;
