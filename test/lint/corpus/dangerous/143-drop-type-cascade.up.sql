-- corpus: tool=golang-migrate; history=shop
-- expect: drop-cascade at "CASCADE" #1
-- ---
-- text will do
DROP TYPE order_status CASCADE;
