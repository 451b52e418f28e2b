-- corpus: tool=golang-migrate; history=shop
-- expect: if-not-exists-no-op at "IF NOT EXISTS" #1
-- ---
CREATE MATERIALIZED VIEW IF NOT EXISTS daily_sales AS
    SELECT placed_at::date AS day, count(*) AS orders, sum(total) AS revenue FROM orders GROUP BY 1
WITH NO DATA;
