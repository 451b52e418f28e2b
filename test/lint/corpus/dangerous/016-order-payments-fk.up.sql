-- corpus: tool=golang-migrate; history=shop; rows orders=5000000 payments=4800000
-- expect: foreign-key-validates at "ADD CONSTRAINT payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)" #1
-- because: what has to be written another way is the whole clause
-- ---
ALTER TABLE payments
    ADD CONSTRAINT payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id);
