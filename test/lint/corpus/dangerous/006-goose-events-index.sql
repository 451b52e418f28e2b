-- corpus: tool=goose; history=saas; postgres=16
-- expect: index-not-concurrent at "INDEX" #1
-- ---
-- +goose Up
-- +goose StatementBegin
CREATE INDEX events_kind_idx ON app.events (kind);
-- +goose StatementEnd

-- +goose Down
DROP INDEX app.events_kind_idx;
