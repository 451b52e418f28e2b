-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows daily_sales=4000
-- ---
REFRESH MATERIALIZED VIEW CONCURRENTLY daily_sales;
