-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows payments=12000000 orders=8000000 users=2000000
-- ---
-- Without a default PostgreSQL looks at no row: all of them are NULL.
SET LOCAL lock_timeout = '2s';
ALTER TABLE payments ADD COLUMN approved_by bigint REFERENCES users (id);
