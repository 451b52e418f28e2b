-- corpus: tool=golang-migrate; history=shop; rows order_items=20000000
-- expect: check-validates at "ADD CONSTRAINT order_items_quantity_positive CHECK (quantity > 0)" #1
-- because: what has to be written another way is the whole clause
-- ---
ALTER TABLE order_items ADD CONSTRAINT order_items_quantity_positive CHECK (quantity > 0);
