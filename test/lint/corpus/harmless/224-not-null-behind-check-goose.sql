-- corpus: tool=goose; postgres=16; history=shop; direction=up; rows products=4000000
-- ---
-- +goose NO TRANSACTION
-- +goose Up
SET lock_timeout = '5s';
ALTER TABLE products ADD CONSTRAINT products_weight_present CHECK (weight_g IS NOT NULL) NOT VALID;
ALTER TABLE products VALIDATE CONSTRAINT products_weight_present;
ALTER TABLE products ALTER COLUMN weight_g SET NOT NULL;
ALTER TABLE products DROP CONSTRAINT products_weight_present;
RESET lock_timeout;

-- +goose Down
SET lock_timeout = '5s';
ALTER TABLE products ALTER COLUMN weight_g DROP NOT NULL;
RESET lock_timeout;
