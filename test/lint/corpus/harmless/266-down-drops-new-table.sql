-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=down
-- ---
DROP TABLE IF EXISTS shipments;
