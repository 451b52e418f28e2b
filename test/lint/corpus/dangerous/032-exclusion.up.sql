-- corpus: tool=golang-migrate; history=shop; rows payments=800000
-- expect: exclusion-constraint at "EXCLUDE" #1
-- ---
ALTER TABLE payments
    ADD CONSTRAINT payments_reference_once EXCLUDE USING btree (reference WITH =) WHERE (reference IS NOT NULL);
