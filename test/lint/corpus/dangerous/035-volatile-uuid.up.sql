-- corpus: tool=golang-migrate; history=shop; postgres=16; rows orders=9000000
-- expect: volatile-default at "DEFAULT gen_random_uuid()" #1
-- ---
ALTER TABLE orders ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid();
