-- corpus: tool=golang-migrate; history=saas; rows invoices=4000000
-- expect: work-after-strong-lock at "CREATE TABLE" #1
-- ---
ALTER TABLE billing.invoices ADD COLUMN note text;
CREATE TABLE billing.invoices_before AS SELECT * FROM billing.invoices;
