-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up; rows billing.plans=6 app.accounts=50000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE app.accounts ADD COLUMN plan text REFERENCES billing.plans (code);
