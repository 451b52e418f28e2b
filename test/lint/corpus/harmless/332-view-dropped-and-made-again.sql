-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
-- CREATE OR REPLACE cannot give a column another type; the names stay the same.
DROP VIEW open_orders;
CREATE VIEW open_orders AS
    SELECT id, user_id, total::numeric(14, 2) AS total, placed_at FROM orders WHERE status <> 'shipped';
