-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
SET LOCAL lock_timeout = '2s';
CREATE OR REPLACE TRIGGER orders_touch
    BEFORE UPDATE OF status, total ON orders
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION touch_order();
