-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows users=2000000
-- ---
UPDATE users SET email = 'info@example.org' WHERE id = 42;
DELETE FROM products WHERE sku = 'TEST-0001';
