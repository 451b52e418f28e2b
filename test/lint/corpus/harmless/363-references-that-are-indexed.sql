-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE parents (id bigint PRIMARY KEY, code varchar(40) NOT NULL UNIQUE);
CREATE TABLE children (
    parent_id bigint NOT NULL REFERENCES parents (id),
    place integer NOT NULL,
    parent_code varchar(80) REFERENCES parents (code),
    twin_id bigint UNIQUE REFERENCES parents (id),
    PRIMARY KEY (parent_id, place)
);
CREATE INDEX children_parent_code_idx ON children (parent_code, place);
