-- corpus: tool=golang-migrate; history=saas
-- expect: index-of-constraint at "app.accounts_pkey" #1
-- because: its name includes the schema
-- ---
drop index concurrently app.accounts_pkey;
