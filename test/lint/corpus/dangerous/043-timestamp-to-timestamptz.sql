-- corpus: tool=flyway; history=legacy; postgres=15; rows tbl_log=50000000
-- expect: type-change at "TYPE timestamptz USING ts AT TIME ZONE 'Europe/Berlin'" #1
-- ---
-- Alle Zeiten sind Berliner Zeit…
ALTER TABLE tbl_log ALTER COLUMN ts TYPE timestamptz USING ts AT TIME ZONE 'Europe/Berlin';
