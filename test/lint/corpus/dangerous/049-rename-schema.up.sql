-- corpus: tool=golang-migrate; history=saas
-- expect: rename-schema at "RENAME TO" #1
-- ---
ALTER SCHEMA billing RENAME TO finance;
