-- corpus: tool=flyway; postgres=15; direction=up
-- ---
CREATE TABLE help_texts (key text PRIMARY KEY, body text NOT NULL);
INSERT INTO help_texts VALUES
    ('truncate', 'TRUNCATE TABLE orders; removes all rows'),
    ('index', $q$CREATE INDEX i ON orders (id); blocks writes$q$),
    ('quote', 'It''s "DROP SCHEMA public CASCADE"; don''t')
ON CONFLICT (key) DO UPDATE SET body = excluded.body;
