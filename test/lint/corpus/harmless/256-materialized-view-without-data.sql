-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows order_items=30000000
-- ---
CREATE MATERIALIZED VIEW product_sales AS
    SELECT product_id, sum(quantity) AS sold FROM order_items GROUP BY product_id
WITH NO DATA;
CREATE UNIQUE INDEX product_sales_product_id_idx ON product_sales (product_id);
