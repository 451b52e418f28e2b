-- corpus: tool=dbmate; postgres=15; direction=up
-- ---
-- migrate:up
CREATE TYPE severity AS ENUM ('low', 'high');
CREATE TABLE incidents (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    severity severity NOT NULL
);
CREATE SEQUENCE incident_number;

-- migrate:down
DROP SEQUENCE IF EXISTS incident_number;
DROP TABLE IF EXISTS incidents;
DROP TYPE IF EXISTS severity;
