-- corpus: tool=golang-migrate; history=shop; postgres=17; rows payments=900000
-- expect: newer-version at "NOT NULL" #1
-- ---
ALTER TABLE payments ADD CONSTRAINT payments_reference_nn NOT NULL reference NOT VALID;
