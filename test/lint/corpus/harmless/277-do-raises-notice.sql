-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
DO $$
BEGIN
    RAISE NOTICE 'about to DROP TABLE nothing at %', clock_timestamp();
    RAISE WARNING 'ALTER TABLE orders is done by the next migration';
END
$$;
