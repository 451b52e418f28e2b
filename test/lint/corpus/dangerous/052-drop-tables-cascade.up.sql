-- corpus: tool=golang-migrate; history=saas
-- expect: drop-table at "TABLE" #1
-- expect: drop-cascade at "CASCADE" #1
-- ---
DROP TABLE IF EXISTS billing.invoices, billing.plans CASCADE;
