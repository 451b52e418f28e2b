-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
BEGIN;

CREATE TABLE banners (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    html text NOT NULL
);
CREATE TABLE banner_views (
    banner_id bigint NOT NULL REFERENCES banners (id),
    day date NOT NULL,
    views bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (banner_id, day)
);

COMMIT;
