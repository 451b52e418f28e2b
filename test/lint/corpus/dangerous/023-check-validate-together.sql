-- corpus: tool=dbmate; history=saas
-- expect: validate-in-same-transaction at "VALIDATE CONSTRAINT invoices_currency_len" #1
-- because: what has to be written another way is the whole clause
-- ---
-- migrate:up
ALTER TABLE billing.invoices ADD CONSTRAINT invoices_currency_len CHECK (length(currency) = 3) NOT VALID;
ALTER TABLE billing.invoices VALIDATE CONSTRAINT invoices_currency_len;

-- migrate:down
ALTER TABLE billing.invoices DROP CONSTRAINT invoices_currency_len;
