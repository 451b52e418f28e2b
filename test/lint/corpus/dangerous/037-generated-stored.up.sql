-- corpus: tool=golang-migrate; history=shop; rows order_items=40000000
-- expect: generated-column-rewrites at "GENERATED ALWAYS AS (quantity * unit_price) STORED" #1
-- ---
ALTER TABLE order_items
    ADD COLUMN line_total numeric(12, 2) GENERATED ALWAYS AS (quantity * unit_price) STORED;
