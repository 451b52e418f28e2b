-- corpus: tool=golang-migrate; history=shop
-- expect: enum-value-in-transaction at "'lost'" #2
-- ---
ALTER TYPE order_status ADD VALUE 'lost';
INSERT INTO orders (user_id, status, note) VALUES (1, 'lost'::order_status, 'sample');
