-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows products=900000
-- ---
CREATE TEMP TABLE corrected (sku text PRIMARY KEY, price numeric(10, 2)) ON COMMIT DROP;
INSERT INTO corrected VALUES ('A-100', 12.50), ('A-101', 13.00), ('B-7', 99.90);

UPDATE products AS p
SET price = c.price
FROM corrected AS c
WHERE c.sku = p.sku;
