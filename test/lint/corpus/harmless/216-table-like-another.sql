-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
CREATE TABLE orders_2019 (LIKE orders INCLUDING ALL);
COMMENT ON TABLE orders_2019 IS 'Filled by the archive job; the same columns as orders.';
