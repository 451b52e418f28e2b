-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE orders OWNER TO shop_owner;
ALTER TABLE orders REPLICA IDENTITY FULL;
