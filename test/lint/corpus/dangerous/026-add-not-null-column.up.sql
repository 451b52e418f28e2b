-- corpus: tool=golang-migrate; history=shop; rows users=300000
-- expect: not-null-without-default at "NOT NULL" #1
-- ---
ALTER TABLE users
    ADD COLUMN locale text NOT NULL,
    ADD COLUMN marketing boolean NOT NULL DEFAULT false;
