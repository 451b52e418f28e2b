-- corpus: tool=dbmate; history=shop
-- expect: drop-column at "DROP COLUMN coupon" #1
-- ---
-- migrate:up
ALTER TABLE orders DROP COLUMN coupon;

-- migrate:down
ALTER TABLE orders ADD COLUMN coupon varchar(16);
