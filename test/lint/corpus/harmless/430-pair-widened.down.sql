-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=down; rows users=2000000
-- ---
-- The column stays wider: no value would fit less well, and to narrow it would read all of them.
SET LOCAL lock_timeout = '2s';
ALTER TABLE users RENAME CONSTRAINT pk_users TO users_pkey;
ALTER TABLE users ALTER COLUMN name DROP DEFAULT;
