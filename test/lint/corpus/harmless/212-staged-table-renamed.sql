-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
-- Built under a working name and renamed in the same transaction: nobody has ever seen the first name.
CREATE TABLE price_list_new (
    sku text PRIMARY KEY,
    price numeric(10, 2) NOT NULL
);
CREATE INDEX price_list_new_price_idx ON price_list_new (price);
ALTER TABLE price_list_new RENAME TO price_list;
ALTER INDEX price_list_new_price_idx RENAME TO price_list_price_idx;
ALTER TABLE price_list RENAME COLUMN price TO net_price;
