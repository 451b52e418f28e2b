-- corpus: tool=golang-migrate; history=shop
-- expect: rename-table at "RENAME TO" #1
-- expect: rename-table at "RENAME TO" #2
-- ---
ALTER VIEW open_orders RENAME TO current_orders;
ALTER MATERIALIZED VIEW IF EXISTS daily_sales RENAME TO sales_per_day;
