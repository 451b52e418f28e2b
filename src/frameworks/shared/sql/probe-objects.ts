/**
 * For each object of a JSON array: whether the catalog has it, and whether an index is valid. `name` and `owner` are
 * quoted and, where the file says so, qualified; without a schema they are looked up along `search_path`.
 * Reads pg_class (relrowsecurity), pg_index, pg_attribute, pg_constraint, pg_trigger, pg_policy, pg_enum, pg_type,
 * pg_proc, pg_namespace and pg_extension, alike in PostgreSQL 14–18; only since 18 are NOT NULLs in pg_constraint.
 */
export const probeObjectsSql = `
SELECT wanted.place,
  CASE wanted.kind
    WHEN 'relation' THEN to_regclass(wanted.name) IS NOT NULL
    WHEN 'type' THEN to_regtype(wanted.name) IS NOT NULL
    WHEN 'function' THEN EXISTS (
      SELECT FROM pg_catalog.pg_proc AS proc JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = proc.pronamespace
      WHERE proc.proname = wanted.part
        AND CASE WHEN wanted.schema IS NULL THEN pg_catalog.pg_function_is_visible(proc.oid)
            ELSE namespace.nspname = wanted.schema END)
    WHEN 'schema' THEN to_regnamespace(wanted.name) IS NOT NULL
    WHEN 'extension' THEN EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = wanted.part)
    WHEN 'column' THEN EXISTS (
      SELECT FROM pg_catalog.pg_attribute
      WHERE attrelid = to_regclass(wanted.owner) AND attname = wanted.part AND attnum > 0 AND NOT attisdropped)
    WHEN 'not null' THEN EXISTS (
      SELECT FROM pg_catalog.pg_attribute
      WHERE attrelid = to_regclass(wanted.owner) AND attname = wanted.part AND attnotnull AND NOT attisdropped)
    WHEN 'constraint' THEN EXISTS (
      SELECT FROM pg_catalog.pg_constraint WHERE conrelid = to_regclass(wanted.owner) AND conname = wanted.part)
    WHEN 'trigger' THEN EXISTS (
      SELECT FROM pg_catalog.pg_trigger WHERE tgrelid = to_regclass(wanted.owner) AND tgname = wanted.part)
    WHEN 'policy' THEN EXISTS (
      SELECT FROM pg_catalog.pg_policy WHERE polrelid = to_regclass(wanted.owner) AND polname = wanted.part)
    WHEN 'enum value' THEN EXISTS (
      SELECT FROM pg_catalog.pg_enum WHERE enumtypid = to_regtype(wanted.owner) AND enumlabel = wanted.part)
    WHEN 'row security' THEN EXISTS (
      SELECT FROM pg_catalog.pg_class WHERE oid = to_regclass(wanted.owner) AND relrowsecurity)
  END AS found,
  EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE wanted.kind = 'relation' AND indexrelid = to_regclass(wanted.name) AND NOT indisvalid) AS invalid
FROM jsonb_to_recordset($1::jsonb)
  AS wanted (place int, kind text, schema text, name text, owner text, part text)
ORDER BY wanted.place`;
