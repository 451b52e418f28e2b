-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows users=2000000
-- ---
ALTER DOMAIN email_address ADD CONSTRAINT email_address_short CHECK (length(VALUE) <= 320) NOT VALID;
