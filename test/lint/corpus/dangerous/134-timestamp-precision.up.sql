-- corpus: tool=golang-migrate; history=saas; postgres=16; rows events=60000000
-- expect: type-change at "TYPE timestamptz(3)" #1
-- ---
ALTER TABLE IF EXISTS app.events ALTER at SET DATA TYPE timestamptz(3);
