-- corpus: tool=flyway; postgres=14; direction=up
-- ---
CREATE TABLE tag (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    label text NOT NULL UNIQUE
);

CREATE TABLE article (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL
);

CREATE TABLE article_tag (
    article_id bigint NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    tag_id bigint NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    PRIMARY KEY (article_id, tag_id)
);
CREATE INDEX article_tag_tag_id_idx ON article_tag (tag_id);
