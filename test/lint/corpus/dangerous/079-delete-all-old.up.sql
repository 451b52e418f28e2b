-- corpus: tool=golang-migrate; history=saas; rows events=200000000
-- expect: unbatched-change at "DELETE" #1
-- ---
-- GDPR: nothing older than two years
DELETE FROM app.events WHERE at < now() - interval '2 years';
