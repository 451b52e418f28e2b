-- corpus: tool=golang-migrate; history=shop
-- expect: index-not-concurrent at "INDEX" #1
-- expect: work-after-strong-lock at "CREATE INDEX" #1
-- because: the command is what belongs into another file
-- expect: syntax at ";" #3
-- ---
ALTER TABLE payments ADD COLUMN fee numeric(12, 2);
CREATE INDEX payments_provider_idx ON payments (provider);
ALTER TABLE payments ADD COLUMN chargeback boolean DEFAULT false,;
