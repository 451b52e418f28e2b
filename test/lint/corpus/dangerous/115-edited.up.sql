-- corpus: tool=golang-migrate; history=shop; edited=git; state=applied
-- expect: edited-after-apply at "ALTER TABLE" #1
-- because: the first command stands for the file
-- ---
ALTER TABLE orders ADD COLUMN weight numeric(12, 3);
