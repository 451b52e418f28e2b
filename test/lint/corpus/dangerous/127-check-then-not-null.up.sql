-- corpus: tool=golang-migrate; history=shop; postgres=14; rows payments=4000000
-- expect: validate-in-same-transaction at "VALIDATE CONSTRAINT ref_nn" #1
-- because: what has to be written another way is the whole clause
-- ---
/* The recipe from the wiki, in one go: */
ALTER TABLE payments ADD CONSTRAINT ref_nn CHECK (reference IS NOT NULL) NOT VALID;
ALTER TABLE payments VALIDATE CONSTRAINT ref_nn;
ALTER TABLE payments ALTER COLUMN reference SET NOT NULL;
ALTER TABLE payments DROP CONSTRAINT ref_nn;
