-- corpus: tool=golang-migrate; history=saas
-- expect: drop-table at "billing.revenue" #1
-- because: each thing that is lost is marked by its name
-- expect: drop-column at "DROP COLUMN currency" #1
-- expect: rename-column at "RENAME COLUMN amount TO gross" #1
-- because: the new name is a part of the clause
-- ---
DROP VIEW billing.revenue;
ALTER TABLE billing.invoices DROP COLUMN currency;
ALTER TABLE billing.invoices RENAME COLUMN amount TO gross;
