-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE OR REPLACE FUNCTION explain_ddl(command text) RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT CASE command
        WHEN 'DROP TABLE' THEN 'ALTER TABLE orders DROP COLUMN id; is not better'
        WHEN 'TRUNCATE' THEN 'UPDATE orders SET total = 0'
        ELSE 'VACUUM FULL'
    END
$fn$;
