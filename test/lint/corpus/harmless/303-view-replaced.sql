-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
-- Columns are only added at the end.
CREATE OR REPLACE VIEW open_orders AS
    SELECT id, user_id, total, placed_at, coupon FROM orders WHERE status <> 'shipped';
GRANT SELECT ON open_orders TO analyst;
