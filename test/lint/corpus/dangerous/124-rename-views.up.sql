-- corpus: tool=golang-migrate; history=shop
-- expect: rename-table at "RENAME TO current_orders" #1
-- because: the new name is a part of the clause
-- expect: rename-table at "RENAME TO sales_per_day" #1
-- because: the new name is a part of the clause
-- ---
ALTER VIEW open_orders RENAME TO current_orders;
ALTER MATERIALIZED VIEW IF EXISTS daily_sales RENAME TO sales_per_day;
