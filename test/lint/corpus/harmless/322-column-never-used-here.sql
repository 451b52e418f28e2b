-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
-- Only read: nothing is changed.
SELECT count(*) FROM orders WHERE total < 0;
EXPLAIN UPDATE orders SET total = 0;
