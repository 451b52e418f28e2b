-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
GRANT SELECT ON orders, order_items, products TO analyst;
GRANT SELECT, INSERT ON payments TO payment_service;
REVOKE DELETE ON payments FROM payment_service;
REVOKE ALL ON FUNCTION touch_order() FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON FUNCTION touch_order() TO shop_app;
