-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up; rows billing.plans=6
-- ---
ALTER TABLE billing.plans ALTER COLUMN price TYPE numeric(12, 4);
ALTER TABLE billing.plans ADD CONSTRAINT plans_price_check CHECK (price >= 0);
