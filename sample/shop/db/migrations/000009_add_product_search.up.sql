ALTER TABLE products ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('english', name), 'A')
    || setweight(to_tsvector('simple', coalesce(brand, '')), 'B')
    || setweight(to_tsvector('english', description), 'C')
) STORED;

CREATE INDEX products_search_idx ON products USING gin (search);
CREATE INDEX products_name_trgm_idx ON products USING gin (name gin_trgm_ops);

CREATE FUNCTION search_products(query text, max_rows integer DEFAULT 20)
RETURNS TABLE (product_id bigint, name text, rank real)
LANGUAGE sql STABLE AS $$
    SELECT p.id, p.name, ts_rank(p.search, q) + similarity(p.name, query)
      FROM products p, websearch_to_tsquery('english', query) AS q
     WHERE p.active AND (p.search @@ q OR p.name % query)
     ORDER BY 3 DESC
     LIMIT max_rows;
$$;
