-- corpus: tool=golang-migrate; postgres=14; history=shop; direction=up; rows users=2000000
-- ---
SET LOCAL lock_timeout = '3s';
ALTER TABLE users
    ADD COLUMN is_verified boolean NOT NULL DEFAULT false,
    ADD COLUMN locale text NOT NULL DEFAULT 'en',
    ADD COLUMN preferences jsonb NOT NULL DEFAULT '{}'::jsonb;
