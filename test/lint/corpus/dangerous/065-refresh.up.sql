-- corpus: tool=golang-migrate; history=shop
-- expect: refresh-not-concurrent at "REFRESH MATERIALIZED VIEW" #1
-- ---
REFRESH MATERIALIZED VIEW daily_sales;
