-- corpus: tool=golang-migrate; history=saas; rows members=500000
-- expect: identity-rewrites at "bigserial" #1
-- ---
ALTER TABLE app.members ADD COLUMN position bigserial;
