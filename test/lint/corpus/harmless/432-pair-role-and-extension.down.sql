-- corpus: tool=golang-migrate; postgres=15; direction=down
-- ---
DROP SEQUENCE audit_number;
DROP ROLE auditor;
-- The extension stays: other schemas use it as well.
