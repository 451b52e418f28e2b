-- corpus: tool=dbmate; history=shop
-- expect: transaction-nesting at "COMMIT" #1
-- ---
-- migrate:up
ALTER TABLE payments ADD COLUMN tries integer DEFAULT 0;
COMMIT;
CREATE INDEX CONCURRENTLY payments_tries_idx ON payments (tries);

-- migrate:down
ALTER TABLE payments DROP COLUMN tries;
