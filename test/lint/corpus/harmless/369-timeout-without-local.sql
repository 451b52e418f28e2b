-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows users=2000000
-- ---
SET lock_timeout TO 2000;
SET statement_timeout TO '1min';
ALTER TABLE users ADD COLUMN born_on date;
