-- corpus: tool=sql; postgres=15; direction=up
-- ---
CREATE TEMPORARY TABLE wanted (id bigint, label text);
INSERT INTO wanted VALUES (1, 'a'), (2, 'b');
CREATE INDEX ON wanted (id);
ALTER TABLE wanted ALTER COLUMN id SET NOT NULL;
ALTER TABLE wanted ADD UNIQUE (label);
ALTER TABLE wanted ALTER COLUMN id TYPE integer;
DELETE FROM wanted WHERE label IS NULL;
UPDATE wanted SET label = upper(label);
TRUNCATE wanted;
DROP TABLE wanted;
