-- corpus: tool=golang-migrate; history=shop; postgres=14; rows payments=10
-- expect: newer-version at "NULLS NOT DISTINCT" #1
-- ---
ALTER TABLE payments ADD CONSTRAINT payments_reference_key UNIQUE NULLS NOT DISTINCT (provider, reference);
