-- corpus: tool=golang-migrate; history=shop; duplicate=000002_other_branch.up.sql
-- expect: duplicate-version at "CREATE TABLE" #1
-- because: the first command stands for the file
-- ---
CREATE TABLE wishlists (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL
);
