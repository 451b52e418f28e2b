-- corpus: tool=dbmate; history=saas
-- expect: enum-value-in-transaction at "'guest'" #2
-- ---
-- migrate:up
ALTER TYPE app.member_role ADD VALUE IF NOT EXISTS 'guest';
ALTER TABLE app.members ALTER COLUMN role SET DEFAULT 'guest';

-- migrate:down
ALTER TABLE app.members ALTER COLUMN role SET DEFAULT 'member';
