-- corpus: tool=golang-migrate; history=saas
-- ---
CREATE INDEX CONCURRENTLY accounts_created_at_idx ON app.accounts (created_at);
