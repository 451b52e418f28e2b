-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows users=2000000
-- ---
SELECT set_config('lock_timeout', '2s', true);
ALTER TABLE users ADD COLUMN newsletter boolean;
