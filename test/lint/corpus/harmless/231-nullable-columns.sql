-- corpus: tool=golang-migrate; postgres=14; history=shop; direction=up; rows orders=8000000
-- ---
SET LOCAL lock_timeout = '3s';
ALTER TABLE orders
    ADD COLUMN gift_message text,
    ADD COLUMN delivered_at timestamptz,
    ADD COLUMN source jsonb;
