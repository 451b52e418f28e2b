-- corpus: tool=dbmate; history=saas
-- expect: transaction-nesting at "START TRANSACTION" #1
-- expect: transaction-nesting at "COMMIT" #1
-- ---
-- migrate:up
START TRANSACTION;
ALTER TABLE app.accounts ADD COLUMN region text DEFAULT 'eu';
COMMIT;

-- migrate:down
ALTER TABLE app.accounts DROP COLUMN region;
