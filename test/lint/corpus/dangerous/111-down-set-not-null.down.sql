-- corpus: tool=golang-migrate; history=shop; direction=down; rows orders=8000000
-- expect: set-not-null-scans at "ALTER COLUMN status SET NOT NULL" #1
-- because: what has to be written another way is the whole clause
-- ---
ALTER TABLE orders ALTER COLUMN status SET NOT NULL;
