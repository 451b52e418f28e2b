-- corpus: tool=golang-migrate; history=shop; direction=down
-- expect: down-does-not-undo at "ALTER TABLE" #1
-- because: what is missing stands nowhere, so the first command stands for the file
-- ---
ALTER TABLE orders DROP COLUMN carrier;
