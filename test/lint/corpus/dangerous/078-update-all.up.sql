-- corpus: tool=golang-migrate; history=saas; rows members=3000000
-- expect: unbatched-change at "UPDATE" #1
-- ---
UPDATE app.members SET email = lower(email);
