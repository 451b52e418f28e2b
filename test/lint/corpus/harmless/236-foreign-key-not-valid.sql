-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows payments=12000000 orders=8000000
-- ---
SET LOCAL lock_timeout = '3s';
ALTER TABLE order_items
    ADD CONSTRAINT order_items_product_id_fkey FOREIGN KEY (product_id) REFERENCES products (id) NOT VALID;
