-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
CREATE INDEX CONCURRENTLY orders_placed_at_idx ON orders (placed_at);
