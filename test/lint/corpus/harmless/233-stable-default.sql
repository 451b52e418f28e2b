-- corpus: tool=golang-migrate; postgres=14; history=shop; direction=up; rows order_items=30000000
-- ---
SET LOCAL lock_timeout = '3s';
ALTER TABLE order_items
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN booked_on date NOT NULL DEFAULT CURRENT_DATE,
    ADD COLUMN booked_by text NOT NULL DEFAULT current_user;
