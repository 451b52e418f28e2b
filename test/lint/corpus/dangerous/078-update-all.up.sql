-- corpus: tool=golang-migrate; history=saas; rows members=3000000
-- expect: unbatched-change at "UPDATE app.members" #1
-- because: with its table it says which rows
-- ---
UPDATE app.members SET email = lower(email);
