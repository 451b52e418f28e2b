-- corpus: tool=golang-migrate; history=shop; rows products=800000
-- expect: type-change at "TYPE varchar(20)" #1
-- ---
ALTER TABLE products ALTER COLUMN sku TYPE varchar(20);
