-- corpus: tool=golang-migrate; history=shop; rows payments=3000000
-- expect: unbatched-change at "UPDATE" #1
-- expect: set-not-null-scans at "SET NOT NULL" #1
-- ---
UPDATE payments SET reference = 'legacy-' || id WHERE reference IS NULL OR true;
ALTER TABLE payments ALTER COLUMN reference SET NOT NULL;
