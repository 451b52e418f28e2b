-- corpus: tool=golang-migrate; history=shop; duplicate=000002_other_branch.up.sql
-- expect: duplicate-version at "CREATE TABLE wishlists" #1
-- ---
CREATE TABLE wishlists (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL
);
