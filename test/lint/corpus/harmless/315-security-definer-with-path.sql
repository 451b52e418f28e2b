-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up
-- ---
CREATE OR REPLACE FUNCTION app.member_count(account uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$ SELECT count(*) FROM app.members WHERE account_id = account $$;

REVOKE ALL ON FUNCTION app.member_count(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.member_count(uuid) TO app_reader;
