-- corpus: tool=golang-migrate; history=shop
-- expect: drop-column at "DROP COLUMN total CASCADE" #1
-- because: CASCADE is a part of the clause
-- expect: drop-cascade at "CASCADE" #1
-- ---
-- open_orders reads it, we'll see
ALTER TABLE orders DROP COLUMN total CASCADE;
