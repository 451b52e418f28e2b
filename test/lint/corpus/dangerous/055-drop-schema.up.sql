-- corpus: tool=golang-migrate; history=saas
-- expect: drop-schema at "SCHEMA" #1
-- expect: drop-cascade at "CASCADE" #1
-- ---
DROP SCHEMA billing CASCADE;
