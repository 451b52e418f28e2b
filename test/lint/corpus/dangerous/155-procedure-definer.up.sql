-- corpus: tool=golang-migrate; history=saas
-- expect: security-definer-search-path at "SECURITY DEFINER" #1
-- expect: security-definer-search-path at "SECURITY DEFINER" #2
-- ---
CREATE PROCEDURE app.purge(older interval) LANGUAGE sql SECURITY DEFINER AS
$$ DELETE FROM app.events WHERE at < now() - older AND id < 1000 $$;
ALTER FUNCTION app.current_account() SECURITY DEFINER;
