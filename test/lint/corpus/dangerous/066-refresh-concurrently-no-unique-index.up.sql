-- corpus: tool=golang-migrate; history=shop
-- because: the rule of REFRESH knows which index is missing
-- expect: refresh-not-concurrent at "CONCURRENTLY" #1
-- ---
CREATE MATERIALIZED VIEW user_spending AS
    SELECT user_id, sum(total) AS spent FROM orders GROUP BY user_id;
REFRESH MATERIALIZED VIEW CONCURRENTLY user_spending;
