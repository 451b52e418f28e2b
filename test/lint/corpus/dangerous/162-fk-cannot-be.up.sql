-- corpus: tool=golang-migrate; history=saas
-- expect: foreign-key-type-mismatch at "REFERENCES app.accounts" #1
-- ---
CREATE TABLE app.seats (
    account_id text NOT NULL REFERENCES app.accounts (id),
    seat integer NOT NULL,
    PRIMARY KEY (account_id, seat)
);
