-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'refunded';
