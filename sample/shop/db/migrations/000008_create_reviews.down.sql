DROP TABLE reviews;
DROP FUNCTION current_customer();
