-- corpus: tool=golang-migrate; history=shop
-- expect: drop-cascade at "CASCADE" #1
-- ---
DROP DOMAIN IF EXISTS email_address CASCADE;
