-- corpus: tool=flyway; history=shop
-- expect: grant-to-public at "PUBLIC" #1
-- because: every role may execute functions anyway, unless somebody has taken that away
-- ---
GRANT ALL PRIVILEGES ON users, orders TO PUBLIC;
grant execute on all functions in schema public to public;
