-- corpus: tool=golang-migrate; history=shop
-- expect: drop-cascade at "CASCADE" #1
-- ---
DROP FUNCTION touch_order() CASCADE;
