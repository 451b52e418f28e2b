-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE IF NOT EXISTS memos (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner text NOT NULL
);
DROP VIEW IF EXISTS memo_list;
CREATE VIEW memo_list AS SELECT id FROM memos;
DROP FUNCTION IF EXISTS memo_touch();
CREATE FUNCTION memo_touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
DROP TRIGGER IF EXISTS memo_touch ON memos;
CREATE TRIGGER memo_touch BEFORE UPDATE ON memos FOR EACH ROW EXECUTE FUNCTION memo_touch();
ALTER TABLE memos ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS memo_owner ON memos;
CREATE POLICY memo_owner ON memos USING (owner = current_user);
