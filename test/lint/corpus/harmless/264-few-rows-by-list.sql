-- corpus: tool=flyway; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
DELETE FROM order_items WHERE order_id IN (1001, 1002, 1003);
DELETE FROM orders WHERE id IN (1001, 1002, 1003);
