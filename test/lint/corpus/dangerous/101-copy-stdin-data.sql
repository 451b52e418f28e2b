-- corpus: tool=sql; history=shop
-- expect: index-not-concurrent at "INDEX" #2
-- ---
\connect shop
BEGIN;
COPY categories (slug) FROM stdin;
CREATE INDEX not_sql ON orders (id);
it's
drop table users;
\.
CREATE INDEX categories_slug_lower ON categories (lower(slug));
COMMIT;
