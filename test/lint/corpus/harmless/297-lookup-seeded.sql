-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up; rows billing.plans=6
-- ---
INSERT INTO billing.plans (code, price) VALUES ('team', 49.00), ('company', 199.00)
ON CONFLICT (code) DO NOTHING;
