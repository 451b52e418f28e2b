-- corpus: tool=golang-migrate; history=saas; rows projects=900000
-- expect: unique-builds-index at "ADD UNIQUE (account_id, title)" #1
-- ---
ALTER TABLE app.projects ADD UNIQUE (account_id, title) -- one title each, no more
