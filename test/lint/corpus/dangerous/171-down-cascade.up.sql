-- corpus: tool=golang-migrate; history=saas
-- ---
CREATE TABLE app.teams (id uuid PRIMARY KEY, name text NOT NULL);
ALTER TABLE app.members ADD COLUMN team_id uuid;
ALTER TABLE app.members ADD CONSTRAINT members_team_id_fkey FOREIGN KEY (team_id) REFERENCES app.teams (id) NOT VALID;
