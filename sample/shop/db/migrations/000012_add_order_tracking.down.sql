ALTER TABLE shipments DROP CONSTRAINT shipments_tracking_no_present;
ALTER TABLE shipments ALTER COLUMN weight_grams TYPE integer;
DROP INDEX orders_customer_status_idx;
DROP INDEX orders_tracking_token_idx;
ALTER TABLE orders DROP COLUMN tracking_token;
