-- corpus: tool=golang-migrate; history=shop; rows users=2000000
-- expect: domain-constraint-scans at "ADD CONSTRAINT email_address_lower CHECK (VALUE = lower(VALUE))" #1
-- because: what has to be written another way is the whole clause
-- ---
-- Only lower case from now on
ALTER DOMAIN email_address ADD CONSTRAINT email_address_lower CHECK (VALUE = lower(VALUE));
