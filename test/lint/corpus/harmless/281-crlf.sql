-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE printers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
);

CREATE INDEX printers_name_idx ON printers (name);
-- The end.
COMMENT ON TABLE printers IS 'Two
lines';
