-- corpus: tool=golang-migrate; postgres=14; history=shop; direction=up; rows orders=8000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE orders ALTER COLUMN coupon TYPE varchar(64);
