-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
CREATE OR REPLACE PROCEDURE forget_user(who bigint)
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE orders SET note = NULL WHERE user_id = who;
    DELETE FROM payments WHERE order_id IN (SELECT id FROM orders WHERE user_id = who);
    CREATE TEMP TABLE forgotten AS SELECT who;
    DROP TABLE forgotten;
END
$$;
COMMENT ON PROCEDURE forget_user(bigint) IS 'Called by the support desk';
