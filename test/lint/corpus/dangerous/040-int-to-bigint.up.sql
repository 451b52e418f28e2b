-- corpus: tool=golang-migrate; history=legacy; rows user=3000000
-- expect: type-change at "TYPE bigint" #1
-- expect: foreign-key-type-mismatch at "ALTER COLUMN \"Id\" TYPE bigint" #1
-- because: tbl_log.usr_id has to become bigint as well, or runs out in March
-- ---
-- We run out of ids in March!
ALTER TABLE "user" ALTER COLUMN "Id" TYPE bigint;
