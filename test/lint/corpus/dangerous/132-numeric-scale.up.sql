-- corpus: tool=golang-migrate; history=shop; rows order_items=9000000
-- expect: type-change at "TYPE numeric(12, 4)" #1
-- ---
-- four digits for currencies without cents… or with more of them
ALTER TABLE order_items ALTER COLUMN unit_price TYPE numeric(12, 4);
