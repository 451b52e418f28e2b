-- corpus: tool=golang-migrate; postgres=15; direction=down
-- ---
DROP SCHEMA crm CASCADE;
