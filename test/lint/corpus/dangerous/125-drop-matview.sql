-- corpus: tool=flyway; history=shop
-- expect: drop-table at "VIEW" #1
-- ---
-- superseded by the warehouse
DROP MATERIALIZED VIEW daily_sales;
