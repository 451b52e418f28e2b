-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE SCHEMA crm;
CREATE TABLE crm.leads (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL);
CREATE VIEW crm.lead_count AS SELECT count(*) AS n FROM crm.leads;
CREATE FUNCTION crm.lead_email(bigint) RETURNS text LANGUAGE sql AS 'SELECT email FROM crm.leads WHERE id = $1';
