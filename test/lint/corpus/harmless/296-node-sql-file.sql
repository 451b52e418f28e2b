-- corpus: tool=node-pg-migrate; postgres=15
-- ---
-- Up Migration
CREATE TABLE newsletters (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject text NOT NULL,
    sent_at timestamptz
);
CREATE INDEX newsletters_sent_at_idx ON newsletters (sent_at);

-- Down Migration
DROP TABLE newsletters;
