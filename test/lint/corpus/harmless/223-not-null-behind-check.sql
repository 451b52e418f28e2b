-- corpus: tool=sql; postgres=14; history=shop; direction=up; rows payments=12000000
-- ---
SET lock_timeout = '2s';
ALTER TABLE payments ADD CONSTRAINT payments_reference_present CHECK (reference IS NOT NULL) NOT VALID;
ALTER TABLE payments VALIDATE CONSTRAINT payments_reference_present;
ALTER TABLE payments ALTER COLUMN reference SET NOT NULL;
ALTER TABLE payments DROP CONSTRAINT payments_reference_present;
