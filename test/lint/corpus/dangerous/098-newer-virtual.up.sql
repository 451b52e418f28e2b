-- corpus: tool=golang-migrate; history=shop; postgres=16; rows order_items=5
-- expect: newer-version at "VIRTUAL" #1
-- ---
ALTER TABLE order_items ADD COLUMN line_total numeric GENERATED ALWAYS AS (quantity * unit_price) VIRTUAL;
