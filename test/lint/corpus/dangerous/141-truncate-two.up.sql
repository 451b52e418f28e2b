-- corpus: tool=golang-migrate; history=saas
-- expect: truncate at "billing.invoices" #1
-- expect: truncate at "app . \"events\"" #1
-- ---
truncate only billing.invoices, app . "events" continue identity;
