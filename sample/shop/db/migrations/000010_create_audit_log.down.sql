DROP TRIGGER promotions_audit ON promotions;
DROP TRIGGER product_variants_audit ON product_variants;
DROP TRIGGER customers_audit ON customers;
DROP FUNCTION audit.record_change();
DROP TABLE audit.changes;
DROP SCHEMA audit;
