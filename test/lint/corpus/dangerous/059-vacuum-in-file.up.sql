-- corpus: tool=golang-migrate; history=shop
-- expect: concurrently-in-transaction at "VACUUM" #1
-- ---
-- batches of ten thousand come from cron
DELETE FROM payments WHERE paid_at < '2015-01-01' AND id < 10000;
VACUUM ANALYZE payments;
