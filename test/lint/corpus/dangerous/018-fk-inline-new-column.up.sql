-- corpus: tool=golang-migrate; history=shop; rows orders=5000000 users=300000
-- expect: foreign-key-validates at "REFERENCES users (id)" #1
-- because: what has to be written another way is the whole clause
-- ---
ALTER TABLE orders ADD COLUMN referrer_id bigint DEFAULT 1 REFERENCES users (id);
