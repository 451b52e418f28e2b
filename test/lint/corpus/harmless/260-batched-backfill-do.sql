-- corpus: tool=sql; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN channel text;

DO $$
DECLARE
    low bigint := 0;
    high bigint;
BEGIN
    SELECT max(id) INTO high FROM orders;
    WHILE low < high LOOP
        UPDATE orders SET channel = 'web' WHERE id > low AND id <= low + 10000 AND channel IS NULL;
        COMMIT;
        low := low + 10000;
    END LOOP;
END
$$;

ANALYZE orders (channel);
