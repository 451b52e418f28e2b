-- corpus: tool=golang-migrate; postgres=16; direction=up
-- ---
CREATE TABLE currencies (
    code text PRIMARY KEY,
    name text NOT NULL,
    digits smallint NOT NULL DEFAULT 2
);

INSERT INTO currencies (code, name, digits) VALUES
    ('EUR', 'Euro', 2),
    ('USD', 'US dollar', 2),
    ('JPY', 'Yen', 0),
    ('TND', 'Tunisian dinar', 3);

UPDATE currencies SET digits = 2 WHERE digits IS NULL;
CREATE INDEX currencies_name_idx ON currencies (lower(name));
