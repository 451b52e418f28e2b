-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
COMMENT ON TABLE users IS 'People who have an account';
COMMENT ON COLUMN users.balance IS 'What the shop owes them';
COMMENT ON CONSTRAINT orders_user_id_fkey ON orders IS 'Orders of deleted users are moved first';
COMMENT ON INDEX orders_status_idx IS 'For the list of open orders';
COMMENT ON TYPE order_status IS NULL;
