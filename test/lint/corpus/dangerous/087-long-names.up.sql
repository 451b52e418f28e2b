-- corpus: tool=golang-migrate; history=saas
-- expect: identifier-too-long at "index_app_events_on_project_id_and_kind_and_at_where_payload_present" #1
-- ---
CREATE INDEX CONCURRENTLY index_app_events_on_project_id_and_kind_and_at_where_payload_present ON app.events (project_id, kind, at) WHERE payload <> '{}';
