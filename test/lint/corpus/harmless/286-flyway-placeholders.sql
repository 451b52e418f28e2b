-- corpus: tool=flyway; postgres=15; direction=up
-- ---
CREATE SCHEMA IF NOT EXISTS ${app_schema};
CREATE TABLE ${app_schema}.tenant (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    region text NOT NULL DEFAULT '${default_region}'
);
CREATE INDEX tenant_name_idx ON ${app_schema}.tenant (name);
GRANT SELECT, INSERT, UPDATE ON ${app_schema}.tenant TO ${app_role};
