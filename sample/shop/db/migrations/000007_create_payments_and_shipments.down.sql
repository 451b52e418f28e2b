DROP TABLE shipments;
DROP TABLE payments;
DROP FUNCTION mark_order_paid();
