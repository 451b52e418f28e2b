-- corpus: tool=golang-migrate; history=shop; postgres=18; rows payments=4000000
-- expect: validate-in-same-transaction at "VALIDATE CONSTRAINT payments_reference_nn" #1
-- because: what has to be written another way is the whole clause
-- ---
ALTER TABLE payments ADD CONSTRAINT payments_reference_nn NOT NULL reference NOT VALID;
ALTER TABLE payments VALIDATE CONSTRAINT payments_reference_nn;
