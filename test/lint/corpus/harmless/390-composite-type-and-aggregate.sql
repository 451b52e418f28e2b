-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TYPE money_amount AS (amount numeric(14, 2), currency text);
ALTER TYPE money_amount ADD ATTRIBUTE rounded boolean;
CREATE TYPE temperature_range AS RANGE (subtype = numeric);
CREATE FUNCTION add_text(state text, next text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT state || next';
CREATE AGGREGATE all_text(text) (sfunc = add_text, stype = text, initcond = '');
DROP FUNCTION IF EXISTS old_helper(text);
