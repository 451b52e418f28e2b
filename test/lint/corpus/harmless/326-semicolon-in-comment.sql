-- corpus: tool=flyway; postgres=15; direction=up
-- ---
CREATE TABLE holidays (
    day date PRIMARY KEY,
    name text NOT NULL
);
INSERT INTO holidays VALUES ('2025-12-25', 'Weihnachten'), ('2026-01-01', 'Neujahr')
-- ; DROP TABLE holidays;
;
-- That was all
