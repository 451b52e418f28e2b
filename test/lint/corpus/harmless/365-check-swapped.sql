-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows products=4000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE products
    DROP CONSTRAINT products_price_positive,
    ADD CONSTRAINT products_price_positive CHECK (price >= 0) NOT VALID;
