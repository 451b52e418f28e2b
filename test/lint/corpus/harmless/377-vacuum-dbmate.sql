-- corpus: tool=dbmate; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
-- migrate:up transaction:false
VACUUM (ANALYZE) orders;

-- migrate:down
SELECT 1;
