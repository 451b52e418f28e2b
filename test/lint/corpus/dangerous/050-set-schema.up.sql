-- corpus: tool=golang-migrate; history=shop
-- expect: set-schema at "SET SCHEMA catalog" #1
-- expect: set-schema at "SET SCHEMA catalog" #2
-- ---
CREATE SCHEMA IF NOT EXISTS catalog;
ALTER TABLE products SET SCHEMA catalog;
ALTER TABLE public.categories SET SCHEMA catalog;
