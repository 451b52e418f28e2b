-- corpus: tool=golang-migrate; history=shop; rows order_items=20000000
-- expect: check-validates at "CHECK" #1
-- ---
ALTER TABLE order_items ADD CONSTRAINT order_items_quantity_positive CHECK (quantity > 0);
