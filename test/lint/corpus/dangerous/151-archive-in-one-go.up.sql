-- corpus: tool=golang-migrate; history=saas; rows events=80000000
-- expect: unbatched-change at "app.events" #3
-- ---
CREATE TABLE app.events_archive (LIKE app.events);
WITH moved AS (
    DELETE FROM app.events RETURNING *
)
INSERT INTO app.events_archive SELECT * FROM moved;
