-- corpus: tool=golang-migrate; postgres=16; history=saas; direction=up; rows app.projects=700000
-- ---
SET LOCAL lock_timeout = '2s';
CREATE POLICY projects_of_account ON app.projects USING (account_id = app.current_account());
ALTER TABLE app.projects ENABLE ROW LEVEL SECURITY;
