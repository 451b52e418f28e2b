-- corpus: tool=golang-migrate; postgres=15; direction=down
-- ---
DROP TRIGGER IF EXISTS audit_entries_stamp ON audit_entries;
DROP FUNCTION IF EXISTS audit_entries_stamp();
DROP TABLE IF EXISTS audit_entries;
DROP TYPE IF EXISTS audit_kind;
