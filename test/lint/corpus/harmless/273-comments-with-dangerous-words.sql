-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
-- DROP TABLE orders;
-- CREATE INDEX orders_note_idx ON orders (note); was tried and given up: nobody searches for it.
/* ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
   /* VACUUM FULL orders; */
   TRUNCATE orders CASCADE; */
COMMENT ON COLUMN orders.note IS 'Free text of the customer'; -- UPDATE orders SET note = NULL;
