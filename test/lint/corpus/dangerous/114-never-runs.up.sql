-- corpus: tool=golang-migrate; history=shop; behind=000042
-- expect: never-runs at "CREATE TABLE vouchers" #1
-- ---
CREATE TABLE vouchers (
    code text PRIMARY KEY
);
