-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows order_items=30000000 products=4000000
-- ---
ALTER TABLE order_items VALIDATE CONSTRAINT order_items_product_id_fkey;
