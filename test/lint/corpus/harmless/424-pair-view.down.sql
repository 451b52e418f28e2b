-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=down
-- ---
DROP VIEW open_orders;
CREATE VIEW open_orders AS
    SELECT id, user_id, total, placed_at FROM orders WHERE status <> 'shipped';
