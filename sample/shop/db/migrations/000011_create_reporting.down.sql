DROP FUNCTION reporting.refresh();
DROP MATERIALIZED VIEW reporting.daily_sales;
DROP VIEW reporting.stock_to_order;
DROP VIEW reporting.customer_value;
DROP SCHEMA reporting;
