-- corpus: tool=golang-migrate; history=shop; rows orders=2000000
-- expect: check-validates at "CHECK (priority BETWEEN 1 AND 5)" #1
-- because: what has to be written another way is the whole clause
-- ---
-- Priority between 1 and 5; old orders count as 3
ALTER TABLE orders
    ADD COLUMN IF NOT EXISTS priority smallint NOT NULL DEFAULT 3 CHECK (priority BETWEEN 1 AND 5);
