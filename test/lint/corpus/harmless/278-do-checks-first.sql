-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
DO $check$
DECLARE
    missing bigint;
BEGIN
    IF current_setting('server_version_num')::integer < 140000 THEN
        RAISE EXCEPTION 'PostgreSQL 14 or later is needed';
    END IF;
    SELECT count(*) INTO missing FROM products WHERE category_id IS NULL AND id < 1000;
    IF missing > 0 THEN
        RAISE NOTICE '% products have no category yet', missing;
    END IF;
END
$check$;
