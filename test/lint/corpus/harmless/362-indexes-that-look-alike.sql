-- corpus: tool=sql; postgres=15; history=shop; direction=up; rows orders=8000000 products=4000000
-- ---
CREATE INDEX CONCURRENTLY orders_user_open_idx ON orders (user_id) WHERE status = 'new';
CREATE INDEX CONCURRENTLY orders_placed_user_idx ON orders (placed_at, user_id);
CREATE INDEX CONCURRENTLY products_sku_pattern_idx ON products (sku varchar_pattern_ops);
CREATE INDEX CONCURRENTLY products_attributes_idx ON products USING gin (attributes jsonb_path_ops);
CREATE INDEX CONCURRENTLY products_title_idx ON products (title);
CREATE INDEX CONCURRENTLY products_title_lower_idx ON products (lower(title));
