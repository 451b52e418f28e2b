-- corpus: tool=golang-migrate; history=shop; rows orders=4000000
-- expect: unbatched-change at "UPDATE" #1
-- expect: work-after-strong-lock at "UPDATE" #1
-- ---
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DROP TRIGGER orders_touch ON orders;
UPDATE orders SET placed_at = placed_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Madrid';
CREATE TRIGGER orders_touch BEFORE UPDATE OF status ON orders FOR EACH ROW EXECUTE FUNCTION touch_order();
