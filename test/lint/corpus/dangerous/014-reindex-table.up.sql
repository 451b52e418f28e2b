-- corpus: tool=golang-migrate; history=shop; rows orders=4000000
-- expect: reindex-not-concurrent at "TABLE" #1
-- expect: reindex-not-concurrent at "INDEX" #3
-- ---
-- The collation library was upgraded: text indexes have to be built anew.
REINDEX TABLE orders;
REINDEX INDEX products_sku_key;
