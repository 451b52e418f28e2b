-- corpus: tool=sql; history=shop; rows payments=3000000
-- expect: set-not-null-scans at "ALTER COLUMN reference SET NOT NULL" #1
-- ---
ALTER TABLE payments ADD CONSTRAINT payments_reference_there CHECK (reference IS NOT NULL) NOT VALID;
ALTER TABLE payments ALTER COLUMN reference SET NOT NULL;
