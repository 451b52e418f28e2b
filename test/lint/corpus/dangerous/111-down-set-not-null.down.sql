-- corpus: tool=golang-migrate; history=shop; direction=down; rows orders=8000000
-- expect: set-not-null-scans at "SET NOT NULL" #1
-- ---
ALTER TABLE orders ALTER COLUMN status SET NOT NULL;
