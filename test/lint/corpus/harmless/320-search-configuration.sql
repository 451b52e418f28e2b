-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE COLLATION IF NOT EXISTS german (provider = icu, locale = 'de-u-co-phonebk');
CREATE TEXT SEARCH CONFIGURATION simple_german (COPY = pg_catalog.german);
ALTER TEXT SEARCH CONFIGURATION simple_german ALTER MAPPING FOR asciiword WITH simple;
