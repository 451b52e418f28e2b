-- corpus: tool=golang-migrate; history=shop; rows orders=6000000
-- expect: unbatched-change at "UPDATE orders" #1
-- because: with its table it says which rows
-- expect: work-after-strong-lock at "UPDATE orders" #1
-- because: the command is what belongs into another file
-- ---
SET lock_timeout = '3s';
ALTER TABLE orders ADD COLUMN total_cents bigint;
UPDATE orders SET total_cents = (total * 100)::bigint;
