-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE SEQUENCE invoice_number AS bigint START WITH 100000 INCREMENT BY 1 NO CYCLE;
ALTER SEQUENCE invoice_number CACHE 20;
GRANT USAGE ON SEQUENCE invoice_number TO shop_app;
SELECT setval('invoice_number', 120000);
