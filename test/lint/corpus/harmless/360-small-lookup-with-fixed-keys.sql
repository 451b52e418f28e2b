-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE weekdays (
    id smallint PRIMARY KEY CHECK (id BETWEEN 1 AND 7),
    name text NOT NULL UNIQUE
);
INSERT INTO weekdays VALUES (1, 'Monday'), (2, 'Tuesday'), (3, 'Wednesday'), (4, 'Thursday'),
    (5, 'Friday'), (6, 'Saturday'), (7, 'Sunday');
