-- corpus: tool=sql; postgres=17; history=saas; direction=up; rows billing.plans=6
-- ---
MERGE INTO billing.plans AS p
USING (VALUES ('solo', 8.00)) AS v (code, price) ON p.code = v.code
WHEN MATCHED THEN UPDATE SET price = v.price
WHEN NOT MATCHED THEN INSERT VALUES (v.code, v.price)
RETURNING merge_action(), p.code;
