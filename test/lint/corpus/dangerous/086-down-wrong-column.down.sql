-- corpus: tool=golang-migrate; history=shop; direction=down
-- expect: down-does-not-undo at "ALTER TABLE orders DROP COLUMN carrier" #1
-- ---
ALTER TABLE orders DROP COLUMN carrier;
