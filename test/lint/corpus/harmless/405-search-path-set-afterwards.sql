-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up
-- ---
CREATE FUNCTION app.invoice_total(account uuid) RETURNS numeric
LANGUAGE sql STABLE SECURITY DEFINER
AS $$ SELECT sum(amount) FROM billing.invoices WHERE account_id = account $$;
ALTER FUNCTION app.invoice_total(uuid) SET search_path = '';
REVOKE EXECUTE ON FUNCTION app.invoice_total(uuid) FROM PUBLIC;
