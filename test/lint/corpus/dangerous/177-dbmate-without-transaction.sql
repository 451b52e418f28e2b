-- corpus: tool=dbmate; history=shop; rows payments=3000000
-- expect: unbatched-change at "UPDATE payments" #1
-- expect: work-after-strong-lock at "UPDATE payments" #1
-- expect: concurrently-in-transaction at "CONCURRENTLY" #1
-- expect: concurrently-in-transaction at "CONCURRENTLY" #2
-- because: dbmate sends the text as one query, which is a transaction of its own, also behind COMMIT and without its own transaction
-- ---
-- migrate:up transaction:false
ALTER TABLE payments ADD COLUMN fee numeric(12, 2);
UPDATE payments SET fee = 0;
CREATE INDEX CONCURRENTLY payments_fee_idx ON payments (fee);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY payments_fee_idx;
ALTER TABLE payments DROP COLUMN fee;
