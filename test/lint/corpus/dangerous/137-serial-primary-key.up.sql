-- corpus: tool=golang-migrate; history=legacy; rows T_CONFIG=400000
-- expect: identity-rewrites at "serial" #1
-- ---
-- jeder Tabelle ihre id
ALTER TABLE "T_CONFIG" ADD COLUMN id serial PRIMARY KEY;
