CREATE SCHEMA reporting;

CREATE VIEW reporting.customer_value AS
    SELECT c.id AS customer_id,
           c.full_name,
           count(o.id) AS orders,
           coalesce(sum(o.total), 0) AS spent,
           max(o.placed_at) AS last_order_at
      FROM customers c
      LEFT JOIN orders o ON o.customer_id = c.id AND o.status <> 'cancelled'
     WHERE c.deleted_at IS NULL
     GROUP BY c.id, c.full_name;

CREATE VIEW reporting.stock_to_order AS
    SELECT v.sku, p.name, sum(s.available) AS available
      FROM stock_levels s
      JOIN product_variants v ON v.id = s.variant_id
      JOIN products p ON p.id = v.product_id
     WHERE p.active
     GROUP BY v.sku, p.name
    HAVING sum(s.available) < 10;

CREATE MATERIALIZED VIEW reporting.daily_sales AS
    SELECT (o.placed_at AT TIME ZONE 'UTC')::date AS day,
           p.id AS product_id,
           sum(i.quantity) AS units,
           sum(i.quantity * i.unit_price) AS revenue
      FROM orders o
      JOIN order_items i ON i.order_id = o.id AND i.placed_at = o.placed_at
      JOIN product_variants v ON v.id = i.variant_id
      JOIN products p ON p.id = v.product_id
     WHERE o.status <> 'cancelled'
     GROUP BY 1, 2;

-- REFRESH … CONCURRENTLY needs a unique index.
CREATE UNIQUE INDEX daily_sales_key ON reporting.daily_sales (day, product_id);

CREATE FUNCTION reporting.refresh() RETURNS void
LANGUAGE sql AS $$
    REFRESH MATERIALIZED VIEW CONCURRENTLY reporting.daily_sales;
$$;
