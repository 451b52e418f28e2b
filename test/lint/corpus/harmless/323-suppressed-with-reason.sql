-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
SET LOCAL lock_timeout = '2s';
-- howdah-ignore drop-column: not read since release 41, a dump of it is kept
ALTER TABLE orders DROP COLUMN coupon;
