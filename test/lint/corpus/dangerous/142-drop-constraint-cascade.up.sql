-- corpus: tool=golang-migrate; history=shop
-- expect: drop-cascade at "CASCADE" #1
-- expect: drop-constraint at "DROP CONSTRAINT orders_pkey CASCADE" #1
-- because: beside the foreign keys orders loses its own key
-- ---
ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE;
