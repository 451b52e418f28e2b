-- corpus: tool=sql; postgres=16; direction=up
-- ---
CREATE ROLE shop_reader NOLOGIN;
CREATE ROLE shop_app LOGIN NOSUPERUSER NOCREATEDB CONNECTION LIMIT 40;
GRANT shop_reader TO shop_app;
ALTER ROLE shop_app SET lock_timeout = '5s';
ALTER ROLE shop_app SET idle_in_transaction_session_timeout = '60s';
