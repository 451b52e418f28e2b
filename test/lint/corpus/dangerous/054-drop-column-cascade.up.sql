-- corpus: tool=golang-migrate; history=shop
-- expect: drop-column at "DROP COLUMN total" #1
-- expect: drop-cascade at "CASCADE" #1
-- ---
-- open_orders reads it, we'll see
ALTER TABLE orders DROP COLUMN total CASCADE;
