-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE IF NOT EXISTS invites (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL
);
CREATE INDEX IF NOT EXISTS invites_email_idx ON invites (email);
ALTER TABLE invites ADD COLUMN IF NOT EXISTS accepted_at timestamptz;
