-- corpus: tool=golang-migrate; history=saas
-- expect: drop-table at "billing.invoices" #1
-- expect: drop-table at "billing.plans" #1
-- because: each thing that is lost is marked by its name
-- expect: drop-cascade at "CASCADE" #1
-- ---
DROP TABLE IF EXISTS billing.invoices, billing.plans CASCADE;
