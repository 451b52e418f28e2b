-- corpus: tool=golang-migrate; history=shop
-- expect: index-not-concurrent at "INDEX" #1
-- expect: enum-value-in-transaction at "'cancelled'" #3
-- ---
ALTER TYPE order_status ADD VALUE 'cancelled' AFTER 'paid';
CREATE INDEX payments_cancelled_idx ON payments (id) WHERE paid_at IS NULL AND provider = 'cancelled';
UPDATE orders SET status = 'cancelled' WHERE note = 'CANCELLED' AND id < 1000;
