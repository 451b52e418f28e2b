-- corpus: tool=dbmate; postgres=15; history=saas; direction=up
-- ---
-- migrate:up
ALTER TYPE app.member_role ADD VALUE 'guest' AFTER 'member';

-- migrate:down
-- A value cannot be taken out of an enum; nobody uses it until the next release.
SELECT 1;
