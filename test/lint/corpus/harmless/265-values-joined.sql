-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows products=4000000
-- ---
UPDATE products AS p
SET title = v.title
FROM (VALUES ('A-1', 'Lamp'), ('A-2', 'Chair')) AS v (sku, title)
WHERE p.sku = v.sku;
