-- corpus: tool=golang-migrate; history=shop; postgres=18; rows payments=4000000
-- expect: validate-in-same-transaction at "VALIDATE CONSTRAINT" #1
-- ---
ALTER TABLE payments ADD CONSTRAINT payments_reference_nn NOT NULL reference NOT VALID;
ALTER TABLE payments VALIDATE CONSTRAINT payments_reference_nn;
