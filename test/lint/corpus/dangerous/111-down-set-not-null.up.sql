-- corpus: tool=golang-migrate; history=shop
-- ---
ALTER TABLE orders ALTER COLUMN status DROP NOT NULL;
