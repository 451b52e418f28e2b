-- corpus: tool=sql; postgres=15; history=saas; direction=up; rows app.events=90000000
-- ---
DELETE FROM app.events
WHERE ctid = ANY (ARRAY(SELECT ctid FROM app.events WHERE at < '2020-01-01' LIMIT 5000));
