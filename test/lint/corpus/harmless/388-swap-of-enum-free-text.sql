-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
-- The expand step: both columns are written by the program from now on.
SET LOCAL lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN status_text text;
COMMENT ON COLUMN orders.status_text IS 'Takes the place of status; see the plan of June';
