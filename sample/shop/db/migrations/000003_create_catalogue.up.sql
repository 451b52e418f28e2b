CREATE TABLE categories (
    id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parent_id integer REFERENCES categories (id) ON DELETE RESTRICT,
    slug      text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]+$'),
    name      text NOT NULL,
    position  integer NOT NULL DEFAULT 0,
    CHECK (parent_id <> id)
);

CREATE INDEX categories_parent_id_idx ON categories (parent_id);

CREATE TABLE products (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug        text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]+$'),
    name        text NOT NULL,
    description text NOT NULL DEFAULT '',
    brand       text,
    attributes  jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(attributes) = 'object'),
    active      boolean NOT NULL DEFAULT true,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX products_attributes_idx ON products USING gin (attributes jsonb_path_ops);
CREATE INDEX products_active_idx ON products (brand, name) WHERE active;

CREATE TRIGGER products_set_updated_at BEFORE UPDATE ON products
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE product_categories (
    product_id  bigint NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    category_id integer NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
    PRIMARY KEY (product_id, category_id)
);

CREATE INDEX product_categories_category_id_idx ON product_categories (category_id);

CREATE TABLE product_variants (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id   bigint NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    sku          text NOT NULL UNIQUE,
    name         text NOT NULL,
    price        amount_cents NOT NULL,
    currency     char(3) NOT NULL DEFAULT 'EUR' CHECK (currency ~ '^[A-Z]{3}$'),
    weight_grams integer CHECK (weight_grams > 0),
    length_mm    integer,
    width_mm     integer,
    height_mm    integer,
    volume_mm3   bigint GENERATED ALWAYS AS (length_mm::bigint * width_mm * height_mm) STORED
);

CREATE INDEX product_variants_product_id_idx ON product_variants (product_id);

-- All categories below one, itself included.
CREATE FUNCTION category_subtree(root integer) RETURNS SETOF integer
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE below AS (
        SELECT id FROM categories WHERE id = root
        UNION
        SELECT c.id FROM categories c JOIN below b ON c.parent_id = b.id
    )
    SELECT id FROM below;
$$;
