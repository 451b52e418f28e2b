-- corpus: tool=golang-migrate; history=shop
-- expect: truncate at "orders" #1
-- because: each thing that is lost is marked by its name
-- ---
TRUNCATE orders CASCADE;
