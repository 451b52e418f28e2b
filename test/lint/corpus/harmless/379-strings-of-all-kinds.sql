-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE texts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL);
INSERT INTO texts (body) VALUES
    (E'It\'s \\ a backslash; DROP TABLE texts;'),
    (U&'d\0061t\+000061; DROP'),
    ($a$ outer $b$ inner; TRUNCATE texts; $b$ outer $a$),
    ('two '
     'parts; ALTER TABLE texts DROP COLUMN body'),
    ('$1 -- no comment' /* but 'this' is; */);
SELECT body, '5' !~~ 3::text, '{"a": 1}'::jsonb ?| array['a;', 'b'] FROM texts AS t (id, body) WHERE false;
