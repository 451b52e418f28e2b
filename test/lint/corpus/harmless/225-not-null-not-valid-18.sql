-- corpus: tool=sql; postgres=18; history=shop; direction=up; rows orders=9000000
-- ---
SET lock_timeout = '2s';
ALTER TABLE orders ADD CONSTRAINT orders_note_not_null NOT NULL note NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_note_not_null;
