-- corpus: tool=golang-migrate; postgres=16; history=saas; direction=up; rows billing.plans=6
-- ---
MERGE INTO billing.plans AS p
USING (VALUES ('solo', 9.00), ('team', 49.00)) AS v (code, price) ON v.code = p.code
WHEN MATCHED THEN UPDATE SET price = v.price
WHEN NOT MATCHED THEN INSERT (code, price) VALUES (v.code, v.price);
