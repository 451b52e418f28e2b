-- corpus: tool=flyway; postgres=14; history=shop; direction=up
-- ---
ALTER TYPE order_status ADD VALUE 'packed' AFTER 'paid';
