-- corpus: tool=golang-migrate; history=shop
-- expect: rename-column at "RENAME name TO full_name" #1
-- expect: rename-column at "RENAME COLUMN total TO amount" #1
-- expect: enum-rename at "RENAME VALUE 'new' TO 'created'" #1
-- ---
ALTER TABLE IF EXISTS public.users RENAME name TO full_name;
ALTER VIEW open_orders RENAME COLUMN total TO amount;
ALTER TYPE order_status RENAME VALUE 'new' TO 'created';
