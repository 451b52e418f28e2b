-- corpus: tool=golang-migrate; history=shop; rows orders=5000000 users=900000
-- expect: drop-column at "DROP COLUMN note" #1
-- expect: drop-column at "DROP coupon" #1
-- expect: drop-column at "DROP COLUMN IF EXISTS phone" #1
-- ---
ALTER TABLE orders
    DROP COLUMN note,
    DROP coupon;
ALTER TABLE users DROP COLUMN IF EXISTS phone;
