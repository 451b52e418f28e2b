-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up; rows billing.invoices=900000
-- ---
-- Programs of the last release go on with the old name.
SET LOCAL lock_timeout = '2s';
ALTER TABLE billing.invoices RENAME TO bills;
CREATE VIEW billing.invoices AS SELECT * FROM billing.bills;
