-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up; rows billing.plans=6
-- ---
INSERT INTO billing.plans (code, price) VALUES ('gold', 29) ON CONFLICT (code) DO NOTHING;
COMMENT ON TABLE billing.plans IS 'What can be bought';
