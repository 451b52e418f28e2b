-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows categories=45
-- ---
CREATE MATERIALIZED VIEW category_tree AS
    SELECT c.id, p.slug AS parent FROM categories AS c LEFT JOIN categories AS p ON p.id = c.parent_id;
CREATE UNIQUE INDEX category_tree_id_idx ON category_tree (id);
