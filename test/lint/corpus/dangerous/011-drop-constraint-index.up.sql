-- corpus: tool=golang-migrate; history=shop
-- expect: index-of-constraint at "products_sku_key" #1
-- ---
-- Replaced by products_sku_lower_idx long ago.
DROP INDEX products_sku_key;
