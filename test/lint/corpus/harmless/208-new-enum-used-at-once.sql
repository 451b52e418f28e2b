-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TYPE ticket_state AS ENUM ('open', 'waiting', 'closed');

CREATE TABLE tickets (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject text NOT NULL,
    state ticket_state NOT NULL DEFAULT 'open',
    opened_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX tickets_open_idx ON tickets (opened_at) WHERE state = 'open';

INSERT INTO tickets (subject, state) VALUES ('First ticket', 'closed');
