-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE EXTENSION IF NOT EXISTS citext;
CREATE ROLE auditor NOLOGIN;
CREATE SEQUENCE audit_number;
GRANT USAGE ON SEQUENCE audit_number TO auditor;
