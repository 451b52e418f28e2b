-- corpus: tool=golang-migrate; history=shop
-- expect: if-not-exists-no-op at "IF NOT EXISTS" #1
-- ---
-- From the new service's own schema
CREATE TABLE IF NOT EXISTS payments (
    id uuid PRIMARY KEY,
    order_id bigint NOT NULL,
    state text NOT NULL
);
