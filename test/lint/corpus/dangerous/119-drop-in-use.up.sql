-- corpus: tool=golang-migrate; history=saas
-- expect: drop-table at "VIEW" #1
-- expect: drop-column at "DROP COLUMN currency" #1
-- expect: rename-column at "RENAME COLUMN amount TO" #1
-- ---
DROP VIEW billing.revenue;
ALTER TABLE billing.invoices DROP COLUMN currency;
ALTER TABLE billing.invoices RENAME COLUMN amount TO gross;
