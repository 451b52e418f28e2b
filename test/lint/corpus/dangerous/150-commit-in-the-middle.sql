-- corpus: tool=dbmate; history=shop
-- expect: transaction-nesting at "COMMIT" #1
-- expect: concurrently-in-transaction at "CONCURRENTLY" #1
-- because: dbmate sends the text as one query, which is a transaction of its own, also behind COMMIT and without its own transaction
-- ---
-- migrate:up
ALTER TABLE payments ADD COLUMN tries integer DEFAULT 0;
COMMIT;
CREATE INDEX CONCURRENTLY payments_tries_idx ON payments (tries);

-- migrate:down
ALTER TABLE payments DROP COLUMN tries;
