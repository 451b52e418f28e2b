-- corpus: tool=dbmate; history=shop
-- expect: concurrently-in-transaction at "CONCURRENTLY" #1
-- ---
-- migrate:up
CREATE INDEX CONCURRENTLY orders_coupon_idx ON orders (coupon);

-- migrate:down
DROP INDEX orders_coupon_idx;
