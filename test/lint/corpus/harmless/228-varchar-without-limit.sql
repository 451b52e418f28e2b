-- corpus: tool=flyway; postgres=15; history=saas; direction=up; rows app.events=90000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE app.events ALTER COLUMN kind SET DATA TYPE character varying;
