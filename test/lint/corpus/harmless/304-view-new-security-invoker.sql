-- corpus: tool=golang-migrate; postgres=16; history=saas; direction=up
-- ---
CREATE VIEW app.active_projects WITH (security_invoker = true) AS
    SELECT id, account_id, title FROM app.projects WHERE NOT archived;
COMMENT ON VIEW app.active_projects IS 'Without what is archived';
