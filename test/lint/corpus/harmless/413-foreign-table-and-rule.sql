-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE EXTENSION IF NOT EXISTS postgres_fdw;
CREATE SERVER stock_server FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'stock.internal', dbname 'stock');
CREATE FOREIGN TABLE stock_remote (sku text, amount integer) SERVER stock_server;
CREATE VIEW stock_view AS SELECT sku, amount FROM stock_remote;
CREATE RULE stock_view_no_delete AS ON DELETE TO stock_view DO INSTEAD NOTHING;
