-- corpus: tool=golang-migrate
-- expect: superuser at "SUPERUSER" #1
-- ---
CREATE ROLE "Wartung" LOGIN SUPERUSER PASSWORD NULL;
