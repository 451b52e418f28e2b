-- corpus: tool=golang-migrate; history=saas
-- expect: index-of-constraint at "accounts_pkey" #1
-- ---
drop index concurrently app.accounts_pkey;
