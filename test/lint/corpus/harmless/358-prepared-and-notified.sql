-- corpus: tool=sql; postgres=15; history=shop; direction=up
-- ---
PREPARE add_category (text) AS INSERT INTO categories (slug) VALUES ($1) ON CONFLICT DO NOTHING;
EXECUTE add_category('toys');
EXECUTE add_category('books');
DEALLOCATE add_category;
NOTIFY catalog, 'changed';
DISCARD PLANS;
