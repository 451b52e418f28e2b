DROP FUNCTION category_subtree(integer);
DROP TABLE product_variants;
DROP TABLE product_categories;
DROP TABLE products;
DROP TABLE categories;
