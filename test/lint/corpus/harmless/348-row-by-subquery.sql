-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows products=4000000 categories=45
-- ---
UPDATE products SET category_id = (SELECT id FROM categories WHERE slug = 'lamps')
WHERE sku IN ('L-100', 'L-200', 'L-300');
