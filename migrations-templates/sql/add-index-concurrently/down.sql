-- Alone as well.
DROP INDEX CONCURRENTLY IF EXISTS {{index in table}};
