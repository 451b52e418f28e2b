-- corpus: tool=flyway; history=shop
-- expect: grant-to-public at "PUBLIC" #1
-- expect: grant-to-public at "public" #2
-- ---
GRANT ALL PRIVILEGES ON users, orders TO PUBLIC;
grant execute on all functions in schema public to public;
