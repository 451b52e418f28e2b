-- corpus: tool=goose; postgres=15; direction=up
-- ---
-- +goose ENVSUB ON
-- +goose Up
CREATE TABLE ${APP_SCHEMA}.sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    owner text NOT NULL DEFAULT '${DEFAULT_OWNER:-nobody}',
    expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_expires_at_idx ON ${APP_SCHEMA}.sessions (expires_at);

-- +goose Down
DROP TABLE ${APP_SCHEMA}.sessions;
