-- corpus: tool=goose; postgres=15; history=queue; direction=up; rows workers=12
-- ---
-- +goose Up
UPDATE workers SET seen_at = now() WHERE seen_at IS NULL;
ALTER TABLE workers ALTER COLUMN seen_at SET NOT NULL;

-- +goose Down
ALTER TABLE workers ALTER COLUMN seen_at DROP NOT NULL;
