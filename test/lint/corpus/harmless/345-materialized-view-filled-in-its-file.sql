-- corpus: tool=sql; postgres=15; history=shop; direction=up; rows categories=45
-- ---
CREATE MATERIALIZED VIEW category_count AS SELECT count(*) AS n FROM categories WITH NO DATA;
REFRESH MATERIALIZED VIEW category_count;
