-- corpus: tool=golang-migrate; postgres=18; history=shop; direction=up; rows order_items=30000000
-- ---
-- Virtual: computed when it is read, nothing is written.
SET LOCAL lock_timeout = '2s';
ALTER TABLE order_items ADD COLUMN line_total numeric GENERATED ALWAYS AS (quantity * unit_price) VIRTUAL;
