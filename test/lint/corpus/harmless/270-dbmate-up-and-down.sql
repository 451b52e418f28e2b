-- corpus: tool=dbmate; postgres=15; direction=up
-- ---
-- migrate:up
CREATE TABLE webhooks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    url text NOT NULL,
    secret text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX webhooks_url_idx ON webhooks (url);

-- migrate:down
DROP TABLE webhooks;
