-- corpus: tool=flyway; postgres=15; history=legacy; direction=up; rows "T_CONFIG"=80
-- ---
UPDATE "T_CONFIG" SET "VALUE" = '{"on": true}' WHERE "KEY" = 'search';
DELETE FROM "T_CONFIG" WHERE "KEY" LIKE 'old.%';
INSERT INTO "T_CONFIG" ("KEY", "VALUE") VALUES ('theme', '"dark"');
