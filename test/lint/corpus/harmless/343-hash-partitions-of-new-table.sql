-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE clicks (
    visitor uuid NOT NULL,
    url text NOT NULL,
    at timestamptz NOT NULL
) PARTITION BY HASH (visitor);
CREATE TABLE clicks_0 PARTITION OF clicks FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE clicks_1 PARTITION OF clicks FOR VALUES WITH (MODULUS 2, REMAINDER 1);
ALTER TABLE clicks ADD CONSTRAINT clicks_url_check CHECK (url <> '');
ALTER TABLE clicks ALTER COLUMN url TYPE varchar(2000);
