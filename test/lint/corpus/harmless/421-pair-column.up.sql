-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN paid_at timestamptz, ADD COLUMN paid_by text DEFAULT 'card';
ALTER TABLE orders ADD CONSTRAINT orders_paid_by_check CHECK (paid_by <> '') NOT VALID;
