-- corpus: tool=golang-migrate; history=shop; edited=git; state=applied
-- expect: edited-after-apply at "ALTER TABLE orders" #1
-- ---
ALTER TABLE orders ADD COLUMN weight numeric(12, 3);
