-- corpus: tool=golang-migrate; history=shop; rows products=2000000
-- expect: type-change at "TYPE varchar(40) COLLATE \"C\"" #1
-- ---
ALTER TABLE products ALTER COLUMN sku TYPE varchar(40) COLLATE "C";
