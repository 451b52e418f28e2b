-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows payments=12000000 users=2000000
-- ---
-- The new column is NULL in every row.
SET LOCAL lock_timeout = '2s';
ALTER TABLE payments ADD COLUMN refunded_by bigint;
ALTER TABLE payments ADD CONSTRAINT payments_refunded_by_fkey
    FOREIGN KEY (refunded_by) REFERENCES users (id) NOT VALID;
