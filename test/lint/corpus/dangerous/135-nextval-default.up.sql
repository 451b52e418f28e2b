-- corpus: tool=golang-migrate; history=shop; rows orders=5000000
-- expect: volatile-default at "DEFAULT nextval('order_numbers')" #1
-- ---
CREATE SEQUENCE order_numbers START 100000;
ALTER TABLE orders
    ADD COLUMN IF NOT EXISTS imported_at timestamptz DEFAULT now(),
    ADD COLUMN number bigint DEFAULT nextval('order_numbers');
