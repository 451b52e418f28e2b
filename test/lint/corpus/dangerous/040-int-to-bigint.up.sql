-- corpus: tool=golang-migrate; history=legacy; rows user=3000000
-- expect: type-change at "TYPE bigint" #1
-- ---
-- We run out of ids in March!
ALTER TABLE "user" ALTER COLUMN "Id" TYPE bigint;
