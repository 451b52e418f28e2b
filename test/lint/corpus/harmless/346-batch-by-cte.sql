-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
WITH batch AS (
    SELECT id FROM orders WHERE note = '' ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED
)
UPDATE orders SET note = NULL FROM batch WHERE orders.id = batch.id;
