-- corpus: tool=golang-migrate; history=saas; postgres=15
-- expect: set-access-method at "SET ACCESS METHOD columnar" #1
-- ---
ALTER TABLE app.events SET ACCESS METHOD columnar;
