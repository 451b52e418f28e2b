-- corpus: tool=golang-migrate; history=saas
-- expect: security-definer-search-path at "SECURITY DEFINER" #1
-- ---
CREATE OR REPLACE FUNCTION app.close_account(account uuid) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
AS $function$
BEGIN
    -- the caller's rights would not do; DROP TABLE x; is only a comment
    DELETE FROM app.members WHERE account_id = account;
END;
$function$;
REVOKE ALL ON FUNCTION app.close_account(uuid) FROM PUBLIC;
