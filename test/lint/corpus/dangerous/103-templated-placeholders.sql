-- corpus: tool=flyway; history=saas
-- expect: index-not-concurrent at "INDEX" #1
-- expect: type-change at "TYPE varchar(120)" #1
-- expect: grant-to-public at "PUBLIC" #1
-- ---
-- ${schema} is app in all environments
CREATE INDEX projects_title_idx ON ${schema}.projects (title);
ALTER TABLE app.projects ALTER COLUMN title TYPE varchar(120);
GRANT SELECT ON ${schema}.projects TO PUBLIC;
