-- corpus: tool=golang-migrate; history=shop; behind=000042
-- expect: never-runs at "CREATE TABLE" #1
-- because: the first command stands for the file
-- ---
CREATE TABLE vouchers (
    code text PRIMARY KEY
);
