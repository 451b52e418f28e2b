-- corpus: tool=golang-migrate; history=saas
-- expect: grant-to-public at "PUBLIC" #1
-- expect: grant-to-public at "PUBLIC" #2
-- expect: grant-to-public at "public" #1
-- ---
GRANT USAGE ON SCHEMA billing TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA billing TO reporting, PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT, INSERT ON TABLES TO public;
