-- corpus: tool=goose; history=queue; postgres=15
-- expect: concurrently-in-transaction at "CONCURRENTLY" #1
-- ---
-- +goose Up
ALTER TABLE metrics DETACH PARTITION metrics_2025_01 CONCURRENTLY;
-- +goose Down
-- +goose StatementBegin
ALTER TABLE metrics ATTACH PARTITION metrics_2025_01
  FOR VALUES FROM ('2025-01-01 00:00+00') TO ('2025-02-01 00:00+00');
-- +goose StatementEnd
