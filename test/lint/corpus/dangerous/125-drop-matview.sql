-- corpus: tool=flyway; history=shop
-- expect: drop-table at "daily_sales" #1
-- because: each thing that is lost is marked by its name
-- ---
-- superseded by the warehouse
DROP MATERIALIZED VIEW daily_sales;
