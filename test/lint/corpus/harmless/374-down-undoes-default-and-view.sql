-- corpus: tool=goose; postgres=15; history=shop; direction=up; rows products=4000000
-- ---
-- +goose Up
SET LOCAL lock_timeout = '2s';
ALTER TABLE products ALTER COLUMN weight_g SET DEFAULT 0;
COMMENT ON COLUMN products.weight_g IS 'Grams';
CREATE VIEW light_products AS SELECT id, title FROM products WHERE weight_g < 100;

-- +goose Down
SET LOCAL lock_timeout = '2s';
DROP VIEW light_products;
COMMENT ON COLUMN products.weight_g IS NULL;
ALTER TABLE products ALTER COLUMN weight_g DROP DEFAULT;
