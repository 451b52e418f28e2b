-- corpus: tool=sql; postgres=15; history=shop; direction=up
-- ---
START TRANSACTION ISOLATION LEVEL SERIALIZABLE;
SAVEPOINT before_insert;
INSERT INTO categories (slug) VALUES ('garden');
ROLLBACK TO SAVEPOINT before_insert;
INSERT INTO categories (slug) VALUES ('garden-and-house');
RELEASE SAVEPOINT before_insert;
COMMIT WORK;
BEGIN READ ONLY;
SELECT count(*) FROM categories;
END;
