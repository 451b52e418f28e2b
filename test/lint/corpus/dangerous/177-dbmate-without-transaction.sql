-- corpus: tool=dbmate; history=shop; rows payments=3000000
-- expect: unbatched-change at "UPDATE payments" #1
-- ---
-- migrate:up transaction:false
ALTER TABLE payments ADD COLUMN fee numeric(12, 2);
UPDATE payments SET fee = 0;
CREATE INDEX CONCURRENTLY payments_fee_idx ON payments (fee);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY payments_fee_idx;
ALTER TABLE payments DROP COLUMN fee;
