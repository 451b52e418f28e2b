-- corpus: tool=sql; history=shop
-- expect: superuser at "PROGRAM" #1
-- ---
COPY payments (order_id, provider, amount) FROM PROGRAM 'zcat /srv/import/payments.csv.gz' WITH (FORMAT csv);
