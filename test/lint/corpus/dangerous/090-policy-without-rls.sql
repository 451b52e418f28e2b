-- corpus: tool=dbmate; history=saas
-- expect: row-security-without-policy at "POLICY" #1
-- ---
-- migrate:up
CREATE POLICY members_own ON app.members USING (account_id = app.current_account());
-- migrate:down
DROP POLICY members_own ON app.members;
