-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows products=4000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE products ALTER COLUMN attributes SET STORAGE EXTERNAL;
ALTER TABLE products ALTER COLUMN attributes SET COMPRESSION lz4;
