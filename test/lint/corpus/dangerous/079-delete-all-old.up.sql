-- corpus: tool=golang-migrate; history=saas; rows events=200000000
-- expect: unbatched-change at "DELETE FROM app.events" #1
-- because: with its table it says which rows
-- ---
-- GDPR: nothing older than two years
DELETE FROM app.events WHERE at < now() - interval '2 years';
