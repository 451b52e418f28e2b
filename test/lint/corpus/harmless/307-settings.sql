-- corpus: tool=sql; postgres=15; direction=up
-- ---
ALTER DATABASE shop SET timezone = 'UTC';
ALTER DATABASE shop SET idle_in_transaction_session_timeout = '5min';
SET lock_timeout = '3s';
SET statement_timeout = '30s';
SHOW server_version;
RESET ALL;
