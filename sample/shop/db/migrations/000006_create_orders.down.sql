DROP FUNCTION create_month_partitions(date);
DROP TABLE order_items;
DROP TABLE orders;
DROP FUNCTION next_order_number();
DROP SEQUENCE order_number_seq;
