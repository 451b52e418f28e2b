-- corpus: tool=golang-migrate; history=saas; direction=down
-- expect: down-does-not-undo at "DROP TABLE" #1
-- ---
DROP TABLE app.teams CASCADE;
