-- corpus: tool=golang-migrate; history=shop; postgres=15; rows orders=5000000 users=300000 products=200000
-- expect: foreign-key-validates at "ADD CONSTRAINT orders_carrier_fk FOREIGN KEY (carrier_id) REFERENCES carriers (id)" #1
-- because: what has to be written another way is the whole clause
-- expect: check-validates at "ADD CONSTRAINT orders_total_check CHECK (total >= 0)" #1
-- because: what has to be written another way is the whole clause
-- expect: work-after-strong-lock at "ALTER COLUMN title TYPE varchar(300)" #1
-- because: the command is what belongs into another file
-- expect: type-change at "TYPE varchar(300)" #1
-- ---
-- Release 4.2 — everything the sprint needs
SET lock_timeout = '5s';

CREATE TABLE carriers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
INSERT INTO carriers (name) VALUES ('DHL'), ('Correos; urgente'), ('日本郵便');

ALTER TABLE orders
    ADD COLUMN carrier_id bigint, -- FK below
    ADD CONSTRAINT orders_carrier_fk FOREIGN KEY (carrier_id) REFERENCES carriers (id),
    ADD CONSTRAINT orders_total_check CHECK (total >= 0);

ALTER TABLE products ALTER COLUMN title TYPE varchar(300);
