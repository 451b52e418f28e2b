-- corpus: tool=golang-migrate; history=shop; direction=down; rows payments=900000
-- expect: down-does-not-undo at "DROP TABLE" #1
-- expect: down-loses-data at "payments" #1
-- because: up has not made payments, so its rows are lost by mistake
-- ---
DROP TABLE payments;
