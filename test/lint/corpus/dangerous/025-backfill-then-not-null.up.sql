-- corpus: tool=golang-migrate; history=shop; rows payments=3000000
-- expect: unbatched-change at "UPDATE payments" #1
-- because: with its table it says which rows
-- expect: set-not-null-scans at "ALTER COLUMN reference SET NOT NULL" #1
-- because: what has to be written another way is the whole clause
-- ---
UPDATE payments SET reference = 'legacy-' || id WHERE reference IS NULL OR true;
ALTER TABLE payments ALTER COLUMN reference SET NOT NULL;
