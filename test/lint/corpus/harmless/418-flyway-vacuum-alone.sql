-- corpus: tool=flyway; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
VACUUM (ANALYZE) orders;
