-- corpus: tool=golang-migrate; history=legacy; rows T_CONFIG=400000
-- expect: identity-rewrites at "serial" #1
-- expect: primary-key-builds-index at "PRIMARY KEY" #1
-- because: behind the rewrite its index is built under the same lock
-- ---
-- jeder Tabelle ihre id
ALTER TABLE "T_CONFIG" ADD COLUMN id serial PRIMARY KEY;
