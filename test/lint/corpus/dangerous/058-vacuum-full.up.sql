-- corpus: tool=golang-migrate; history=shop; rows order_items=60000000
-- expect: vacuum-full at "FULL" #1
-- ---
VACUUM (FULL, ANALYZE) order_items;
