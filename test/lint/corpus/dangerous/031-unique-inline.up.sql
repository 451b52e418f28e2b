-- corpus: tool=golang-migrate; history=shop; rows orders=5000000
-- expect: unique-builds-index at "UNIQUE" #1
-- ---
ALTER TABLE public.orders ADD COLUMN public_id text UNIQUE;
