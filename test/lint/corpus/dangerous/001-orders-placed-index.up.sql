-- corpus: tool=golang-migrate; history=shop; rows orders=5000000
-- expect: index-not-concurrent at "INDEX" #1
-- ---
-- Support wants to search orders by day.
CREATE INDEX orders_placed_at_idx ON orders (placed_at);
