-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
CREATE PUBLICATION shop_feed FOR TABLE orders, payments;
ALTER PUBLICATION shop_feed ADD TABLE products;
