-- corpus: tool=golang-migrate; history=saas; rows events=100000000
-- expect: set-logged at "SET UNLOGGED" #1
-- ---
ALTER TABLE app.events SET UNLOGGED;
