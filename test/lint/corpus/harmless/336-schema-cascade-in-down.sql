-- corpus: tool=dbmate; postgres=15; direction=up
-- ---
-- migrate:up
CREATE SCHEMA metering;
CREATE TABLE metering.samples (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    value numeric NOT NULL
);
CREATE VIEW metering.latest AS SELECT max(id) AS id FROM metering.samples;

-- migrate:down
DROP SCHEMA metering CASCADE;
