-- corpus: tool=golang-migrate; history=shop
-- expect: drop-cascade at "CASCADE" #1
-- ---
ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE;
