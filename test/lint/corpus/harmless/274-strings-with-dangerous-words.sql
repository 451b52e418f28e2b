-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
COMMENT ON TABLE orders IS 'Never DROP TABLE orders; it''s needed. ALTER TABLE orders ADD COLUMN x serial;';
COMMENT ON TABLE payments IS E'TRUNCATE payments;\nLOCK TABLE payments;';
COMMENT ON VIEW open_orders IS $$DELETE FROM orders; -- not executed$$;
