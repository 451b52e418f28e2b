-- corpus: tool=flyway; postgres=16; history=shop; direction=up; rows orders=8000000
-- ---
SET LOCAL lock_timeout = '3s';
ALTER TABLE orders ADD CONSTRAINT orders_total_not_negative CHECK (total >= 0) NOT VALID;
