-- corpus: tool=golang-migrate; history=shop
-- expect: no-primary-key at "invoices" #1
-- expect: char-type at "char(10)" #1
-- expect: float-for-money at "real" #1
-- expect: money-type at "money" #1
-- expect: timestamp-without-zone at "timestamp" #1
-- expect: foreign-key-type-mismatch at "REFERENCES orders" #1
-- because: the reference is what does not fit
-- ---
-- A new table: nothing blocks, all to be regretted later
CREATE TABLE invoices (
    number char(10) NOT NULL,
    amount real NOT NULL,
    net money,
    created timestamp NOT NULL DEFAULT now(),
    order_id integer REFERENCES orders (id)
);
