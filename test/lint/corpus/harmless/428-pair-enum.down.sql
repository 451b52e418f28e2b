-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=down
-- ---
-- PostgreSQL cannot drop a value of an enum; nobody uses it after a rollback.
SELECT 1;
