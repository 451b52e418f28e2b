-- corpus: tool=golang-migrate; history=saas
-- expect: rename-schema at "RENAME TO finance" #1
-- because: the new name is a part of the clause
-- ---
ALTER SCHEMA billing RENAME TO finance;
