DROP FUNCTION search_products(text, integer);
DROP INDEX products_name_trgm_idx;
DROP INDEX products_search_idx;
ALTER TABLE products DROP COLUMN search;
