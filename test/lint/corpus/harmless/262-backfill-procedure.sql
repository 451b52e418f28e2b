-- corpus: tool=sql; postgres=16; history=saas; direction=up; rows app.members=3000000
-- ---
CREATE PROCEDURE app.fill_last_seen(batch integer)
LANGUAGE plpgsql AS $body$
DECLARE
    changed integer;
BEGIN
    LOOP
        UPDATE app.members SET last_seen_at = now()
        WHERE id IN (SELECT id FROM app.members WHERE last_seen_at IS NULL LIMIT batch FOR UPDATE SKIP LOCKED);
        GET DIAGNOSTICS changed = ROW_COUNT;
        COMMIT;
        EXIT WHEN changed = 0;
    END LOOP;
END
$body$;

CALL app.fill_last_seen(5000);
DROP PROCEDURE app.fill_last_seen(integer);
