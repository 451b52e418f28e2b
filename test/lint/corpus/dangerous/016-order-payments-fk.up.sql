-- corpus: tool=golang-migrate; history=shop; rows orders=5000000 payments=4800000
-- expect: foreign-key-validates at "FOREIGN KEY" #1
-- ---
ALTER TABLE payments
    ADD CONSTRAINT payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id);
