-- corpus: tool=golang-migrate; history=shop; postgres=17; rows orders=5000000 users=400000
-- expect: unbatched-change at "MERGE INTO orders" #1
-- ---
MERGE INTO orders o USING users u ON u.id = o.user_id -- every order has a user
WHEN MATCHED THEN UPDATE SET note = u.name;
