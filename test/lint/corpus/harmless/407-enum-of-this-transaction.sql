-- corpus: tool=golang-migrate; postgres=17; direction=up
-- ---
CREATE TYPE light AS ENUM ('red', 'green');
ALTER TYPE light ADD VALUE 'amber' BEFORE 'green';
CREATE TABLE crossings (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    light light NOT NULL DEFAULT 'amber'
);
INSERT INTO crossings (light) VALUES ('amber');
