-- corpus: tool=golang-migrate; history=shop; postgres=16; rows orders=8000000
-- expect: volatile-default at "email_address" #1
-- ---
-- a domain with a constraint is looked at for each row
ALTER TABLE orders ADD COLUMN contact email_address;
