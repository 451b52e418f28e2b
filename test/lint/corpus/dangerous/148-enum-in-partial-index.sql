-- corpus: tool=dbmate; history=saas
-- expect: index-not-concurrent at "INDEX" #1
-- expect: enum-value-in-transaction at "'billing'" #2
-- ---
-- migrate:up
ALTER TYPE app.member_role ADD VALUE 'billing';
CREATE INDEX members_billing_idx ON app.members (account_id) WHERE role = 'billing';

-- migrate:down
DROP INDEX app.members_billing_idx;
