-- corpus: tool=golang-migrate; postgres=14; history=saas; direction=up; rows billing.plans=6
-- ---
UPDATE billing.plans SET price = round(price * 1.02, 2);
