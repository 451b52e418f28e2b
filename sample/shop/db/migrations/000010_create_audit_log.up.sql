CREATE SCHEMA audit;

CREATE TABLE audit.changes (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    table_name text NOT NULL,
    operation  text NOT NULL CHECK (operation IN ('INSERT', 'UPDATE', 'DELETE')),
    row_key    jsonb NOT NULL,
    old_values jsonb,
    new_values jsonb,
    db_user    name NOT NULL DEFAULT session_user
);

CREATE INDEX changes_table_name_idx ON audit.changes (table_name, changed_at DESC);
CREATE INDEX changes_row_key_idx ON audit.changes USING gin (row_key);

-- Only the columns that differ, so that a price change is one short row.
CREATE FUNCTION audit.record_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    old_only jsonb;
    new_only jsonb;
BEGIN
    SELECT jsonb_object_agg(key, value) INTO old_only
      FROM jsonb_each(old_row) WHERE new_row IS NULL OR new_row -> key IS DISTINCT FROM value;
    SELECT jsonb_object_agg(key, value) INTO new_only
      FROM jsonb_each(new_row) WHERE old_row IS NULL OR old_row -> key IS DISTINCT FROM value;
    INSERT INTO audit.changes (table_name, operation, row_key, old_values, new_values)
    VALUES (TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, TG_OP,
            jsonb_build_object('id', coalesce(new_row, old_row) -> 'id'), old_only, new_only);
    RETURN NULL;
END;
$$;

CREATE TRIGGER customers_audit AFTER INSERT OR UPDATE OR DELETE ON customers
    FOR EACH ROW EXECUTE FUNCTION audit.record_change();
CREATE TRIGGER product_variants_audit AFTER UPDATE OR DELETE ON product_variants
    FOR EACH ROW EXECUTE FUNCTION audit.record_change();
CREATE TRIGGER promotions_audit AFTER INSERT OR UPDATE OR DELETE ON promotions
    FOR EACH ROW EXECUTE FUNCTION audit.record_change();
