-- corpus: tool=golang-migrate; history=shop; rows orders=4000000
-- expect: unbatched-change at "UPDATE orders" #1
-- because: with its table it says which rows
-- expect: work-after-strong-lock at "UPDATE orders" #1
-- because: the command is what belongs into another file
-- ---
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
DROP TRIGGER orders_touch ON orders;
UPDATE orders SET placed_at = placed_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Madrid';
CREATE TRIGGER orders_touch BEFORE UPDATE OF status ON orders FOR EACH ROW EXECUTE FUNCTION touch_order();
