-- corpus: tool=golang-migrate; history=shop
-- ---
ALTER TABLE orders ADD COLUMN delivered_at timestamptz, ADD COLUMN carrier text;
