-- corpus: tool=golang-migrate; history=shop; rows payments=800000
-- expect: exclusion-constraint at "ADD CONSTRAINT payments_reference_once EXCLUDE USING btree (reference WITH =) WHERE (reference IS NOT NULL)" #1
-- because: what has to be written another way is the whole clause
-- ---
ALTER TABLE payments
    ADD CONSTRAINT payments_reference_once EXCLUDE USING btree (reference WITH =) WHERE (reference IS NOT NULL);
