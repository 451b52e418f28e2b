-- corpus: tool=golang-migrate; history=saas; rows invoices=2500000
-- expect: type-change at "TYPE text USING to_char(number, 'FM000000')" #1
-- ---
ALTER TABLE billing.invoices
    ALTER COLUMN number SET DATA TYPE text USING to_char(number, 'FM000000');
