-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE notes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner text NOT NULL DEFAULT current_user,
    body text NOT NULL
);
CREATE POLICY notes_owner ON notes FOR ALL TO app_user USING (owner = current_user);
CREATE POLICY notes_admin ON notes FOR SELECT TO app_admin USING (true);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
