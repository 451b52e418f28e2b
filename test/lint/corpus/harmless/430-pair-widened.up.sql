-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows users=2000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE users ALTER COLUMN phone TYPE varchar(40);
ALTER TABLE users ALTER COLUMN name SET DEFAULT '';
ALTER TABLE users RENAME CONSTRAINT users_pkey TO pk_users;
