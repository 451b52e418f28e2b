-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=down; rows billing.plans=6
-- ---
COMMENT ON TABLE billing.plans IS NULL;
DELETE FROM billing.plans WHERE code = 'gold';
