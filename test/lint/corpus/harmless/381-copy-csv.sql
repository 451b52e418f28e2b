-- corpus: tool=sql; postgres=15; history=saas; direction=up; rows billing.plans=6
-- ---
COPY billing.plans (code, price) FROM STDIN WITH (FORMAT csv, HEADER true, QUOTE '"');
code,price
"UPDATE billing.plans
SET price = 0; --",1
it's,2
\.
COPY (SELECT code FROM billing.plans) TO STDOUT;
ANALYZE billing.plans;
