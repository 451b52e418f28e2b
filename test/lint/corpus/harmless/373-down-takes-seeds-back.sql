-- corpus: tool=dbmate; postgres=15; history=saas; direction=up; rows billing.plans=6
-- ---
-- migrate:up
INSERT INTO billing.plans (code, price) VALUES ('trial', 0), ('school', 5) ON CONFLICT DO NOTHING;

-- migrate:down
DELETE FROM billing.plans WHERE code IN ('trial', 'school');
