-- corpus: tool=golang-migrate; history=shop; rows orders=6000000
-- expect: unbatched-change at "UPDATE" #1
-- expect: work-after-strong-lock at "UPDATE" #1
-- ---
SET lock_timeout = '3s';
ALTER TABLE orders ADD COLUMN total_cents bigint;
UPDATE orders SET total_cents = (total * 100)::bigint;
