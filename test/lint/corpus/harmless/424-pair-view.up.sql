-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
CREATE OR REPLACE VIEW open_orders AS
    SELECT id, user_id, total, placed_at, note FROM orders WHERE status <> 'shipped';
