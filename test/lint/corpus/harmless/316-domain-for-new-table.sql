-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE DOMAIN percentage AS numeric(5, 2) CHECK (VALUE BETWEEN 0 AND 100);
CREATE TABLE discounts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    amount percentage NOT NULL
);
ALTER DOMAIN percentage SET DEFAULT 0;
