-- corpus: tool=dbmate; history=saas
-- expect: row-security-without-policy at "app.members" #1
-- because: what has to be changed is the table
-- ---
-- migrate:up
CREATE POLICY members_own ON app.members USING (account_id = app.current_account());
-- migrate:down
DROP POLICY members_own ON app.members;
