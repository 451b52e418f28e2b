-- corpus: tool=golang-migrate; history=shop
-- ---
CREATE TABLE returns (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, reason text NOT NULL);
