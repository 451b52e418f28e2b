-- corpus: tool=golang-migrate; history=shop
-- expect: transaction-uncommitted at "BEGIN" #1
-- ---
BEGIN;

ALTER TABLE payments ADD COLUMN refunded_at timestamptz;
COMMENT ON COLUMN payments.refunded_at IS 'NULL: not refunded; COMMIT; is only text';
