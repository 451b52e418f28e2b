-- Rows to try things on. They are the same every time; run it once, on an empty shop.
BEGIN;

INSERT INTO customers (email, full_name, phone, locale, marketing_ok, created_at)
SELECT 'customer' || i || '@example.com',
       (ARRAY['Ada', 'Ben', 'Cleo', 'Dana', 'Emil', 'Fay', 'Gus', 'Hana', 'Ida', 'Jon'])[1 + i % 10] || ' '
           || (ARRAY['Abel', 'Brandt', 'Cole', 'Dietz', 'Ende', 'Falk', 'Grau'])[1 + i % 7],
       CASE WHEN i % 3 = 0 THEN '+49 30 ' || 100000 + i END,
       (ARRAY['en', 'de', 'fr'])[1 + i % 3],
       i % 4 = 0,
       timestamptz '2025-06-01 08:00+00' + i * interval '9 hours'
  FROM generate_series(1, 600) AS i;

INSERT INTO addresses (customer_id, label, line1, postal_code, city, country, is_default)
SELECT id, 'home', 'Lindenweg ' || 1 + id % 90, lpad((10000 + id * 7 % 89999)::text, 5, '0'),
       (ARRAY['Berlin', 'Lyon', 'Utrecht', 'Graz'])[1 + id % 4], (ARRAY['DE', 'FR', 'NL', 'AT'])[1 + id % 4], true
  FROM customers;

INSERT INTO categories (slug, name, position) VALUES
    ('kitchen', 'Kitchen', 1), ('garden', 'Garden', 2), ('office', 'Office', 3), ('travel', 'Travel', 4);
INSERT INTO categories (parent_id, slug, name, position)
SELECT c.id, c.slug || '-' || n, c.name || ' ' || n, n
  FROM categories c, generate_series(1, 4) AS n;

INSERT INTO products (slug, name, description, brand, attributes, active, created_at)
SELECT 'product-' || i,
       (ARRAY['Oak', 'Steel', 'Linen', 'Clay', 'Glass', 'Cork'])[1 + i % 6] || ' '
           || (ARRAY['kettle', 'lamp', 'bag', 'chair', 'planter', 'notebook', 'bowl', 'rug'])[1 + i % 8] || ' ' || i,
       'Made to last and to be repaired. Number ' || i || ' of the house collection.',
       (ARRAY['Norda', 'Havel', 'Pico'])[1 + i % 3],
       jsonb_build_object('colour', (ARRAY['green', 'grey', 'red'])[1 + i % 3], 'warranty_years', 1 + i % 5),
       i % 20 <> 0,
       timestamptz '2025-03-01 00:00+00' + i * interval '1 day'
  FROM generate_series(1, 240) AS i;

INSERT INTO product_categories (product_id, category_id)
SELECT p.id, c.id
  FROM products p
  JOIN categories c ON c.parent_id IS NOT NULL AND c.id % 16 = p.id % 16;

INSERT INTO product_variants (product_id, sku, name, price, weight_grams, length_mm, width_mm, height_mm)
SELECT p.id, format('SKU-%s-%s', p.id, n), (ARRAY['small', 'medium', 'large'])[n],
       900 + p.id * 37 % 9000 + n * 500, 150 + p.id * 11 % 4000, 100 * n, 80 * n, 60 * n
  FROM products p, generate_series(1, 3) AS n;

INSERT INTO warehouses (code, name, country) VALUES ('BER', 'Berlin', 'DE'), ('LYS', 'Lyon', 'FR');

INSERT INTO stock_movements (warehouse_id, variant_id, quantity, reason, moved_at)
SELECT w.id, v.id, 5 + v.id * 13 % 60, 'purchase', timestamptz '2026-01-02 06:00+00'
  FROM warehouses w, product_variants v;

INSERT INTO promotions (code, percent_off, valid, usage_limit) VALUES
    ('WELCOME', 10, tstzrange('2026-01-01', NULL), NULL),
    ('SPRING', 15, tstzrange('2026-03-01', '2026-04-15'), 500);

INSERT INTO carts (customer_id, created_at)
SELECT id, timestamptz '2026-08-01 12:00+00' + id * interval '1 hour' FROM customers WHERE id % 6 = 0;
INSERT INTO cart_items (cart_id, variant_id, quantity)
SELECT c.id, 1 + c.customer_id * 17 % 720, 1 + c.customer_id % 3 FROM carts c;

INSERT INTO orders (id, placed_at, customer_id, shipping_address, promotion_id, status, shipping)
SELECT i, timestamptz '2026-01-03 09:00+00' + i * interval '2 hours 36 minutes', c.id, a.id,
       CASE WHEN i % 9 = 0 THEN 1 END,
       CASE WHEN i % 17 = 0 THEN 'cancelled'
            WHEN i <= 1800 THEN 'delivered'
            WHEN i <= 1900 THEN 'shipped'
            WHEN i <= 1960 THEN 'paid'
            ELSE 'pending' END::order_status,
       CASE WHEN i % 5 = 0 THEN 0 ELSE 490 END
  FROM generate_series(1, 2000) AS i
  JOIN customers c ON c.id = 1 + i * 7 % 600
  JOIN addresses a ON a.customer_id = c.id;
SELECT setval(pg_get_serial_sequence('orders', 'id'), 2000);

INSERT INTO order_items (order_id, placed_at, line, variant_id, quantity, unit_price)
SELECT o.id, o.placed_at, n, v.id, 1 + (o.id + n) % 3, v.price
  FROM orders o
  CROSS JOIN LATERAL generate_series(1, 1 + o.id::integer % 4) AS n
  JOIN product_variants v ON v.id = 1 + (o.id * 31 + n * 101) % 720;

UPDATE orders o
   SET subtotal = i.subtotal,
       discount = CASE WHEN o.promotion_id IS NOT NULL THEN i.subtotal / 10 ELSE 0 END
  FROM (SELECT order_id, placed_at, sum(quantity * unit_price)::bigint AS subtotal
          FROM order_items GROUP BY order_id, placed_at) AS i
 WHERE i.order_id = o.id AND i.placed_at = o.placed_at;

INSERT INTO payments (order_id, placed_at, provider, provider_ref, amount, status, created_at)
SELECT id, placed_at, (ARRAY['card', 'paypal', 'sepa'])[1 + id % 3], 'ref-' || id, total,
       CASE WHEN status = 'cancelled' THEN 'refunded' ELSE 'captured' END::payment_status,
       placed_at + interval '2 minutes'
  FROM orders WHERE status <> 'pending';

INSERT INTO shipments (order_id, placed_at, warehouse_id, carrier, tracking_no, weight_grams, status, shipped_at, delivered_at)
SELECT id, placed_at, 1 + id % 2, (ARRAY['DHL', 'DPD', 'GLS'])[1 + id % 3], 'TRK' || lpad(id::text, 9, '0'),
       400 + id * 19 % 6000,
       CASE status WHEN 'delivered' THEN 'delivered' ELSE 'in_transit' END::shipment_status,
       placed_at + interval '1 day',
       CASE WHEN status = 'delivered' THEN placed_at + interval '3 days' END
  FROM orders WHERE status IN ('shipped', 'delivered');

INSERT INTO reviews (product_id, customer_id, rating, title, body, published_at, created_at)
SELECT 1 + i * 5 % 240, 1 + i % 600, 2 + i % 4,
       (ARRAY['As hoped', 'Good, with a scratch', 'Would buy again', 'Smaller than I thought'])[1 + i % 4],
       'Used it for a while now.',
       CASE WHEN i % 10 <> 0 THEN timestamptz '2026-02-01 10:00+00' + i * interval '3 hours' END,
       timestamptz '2026-02-01 09:00+00' + i * interval '3 hours'
  FROM generate_series(1, 1000) AS i
ON CONFLICT (product_id, customer_id) DO NOTHING;

COMMIT;

REFRESH MATERIALIZED VIEW reporting.daily_sales;
ANALYZE;
