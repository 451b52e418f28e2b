-- corpus: tool=golang-migrate; history=shop
-- expect: concurrently-in-transaction at "concurrently" #1
-- ---
COMMENT ON TABLE payments IS 'What was paid; don''t DROP TABLE it';

create index concurrently if not exists payments_ref on payments using btree (reference);
