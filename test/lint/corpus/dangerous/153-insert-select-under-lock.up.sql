-- corpus: tool=golang-migrate; history=shop; rows orders=4000000
-- expect: work-after-strong-lock at "INSERT" #1
-- ---
CREATE TABLE order_notes (order_id bigint PRIMARY KEY, body text NOT NULL);
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
INSERT INTO order_notes SELECT id, coalesce(note, '') FROM orders;
