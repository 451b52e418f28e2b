-- corpus: tool=golang-migrate; history=shop
-- expect: if-not-exists-no-op at "IF NOT EXISTS" #1
-- ---
ALTER TABLE orders ADD COLUMN IF NOT EXISTS note varchar(200) NOT NULL DEFAULT '';
