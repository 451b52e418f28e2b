-- corpus: tool=golang-migrate; history=saas
-- expect: row-security-without-policy at "ENABLE ROW LEVEL SECURITY" #1
-- ---
ALTER TABLE app.projects ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.projects FORCE ROW LEVEL SECURITY;
