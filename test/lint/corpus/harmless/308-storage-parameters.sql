-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
ALTER TABLE orders SET (autovacuum_vacuum_scale_factor = 0.02, fillfactor = 90);
ALTER TABLE orders ALTER COLUMN user_id SET STATISTICS 1000;
ALTER INDEX orders_user_id_idx SET (fillfactor = 80);
