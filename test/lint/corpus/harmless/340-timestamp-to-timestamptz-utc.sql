-- corpus: tool=golang-migrate; postgres=15; history=legacy; direction=up; rows "Customers"=4000000
-- ---
-- In UTC the values stay as they are, and PostgreSQL knows it.
SET LOCAL lock_timeout = '2s';
SET LOCAL timezone = 'UTC';
ALTER TABLE "Customers" ALTER COLUMN "createdAt" TYPE timestamp with time zone;
