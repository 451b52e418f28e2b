-- corpus: tool=node-pg-migrate; postgres=15; history=saas
-- ---
-- Up Migration
COMMENT ON TABLE app.members IS 'People of an account';
-- Down Migration
COMMENT ON TABLE app.members IS NULL;
