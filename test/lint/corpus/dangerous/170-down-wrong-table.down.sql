-- corpus: tool=golang-migrate; history=shop; direction=down; rows payments=900000
-- expect: down-does-not-undo at "DROP TABLE" #1
-- ---
DROP TABLE payments;
