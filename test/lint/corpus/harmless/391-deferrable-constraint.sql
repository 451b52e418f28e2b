-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows orders=8000000 users=2000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE orders ALTER CONSTRAINT orders_user_id_fkey DEFERRABLE INITIALLY DEFERRED;
