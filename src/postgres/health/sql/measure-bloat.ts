/** Where pgstattuple is: any schema, and not in every database. */
export const extensionSchemaSql = `
SELECT n.nspname AS schema FROM pg_catalog.pg_extension AS e JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
WHERE e.extname = 'pgstattuple'`;

const fillfactor = (standard: number): string =>
  `coalesce((SELECT option_value::float8 FROM pg_catalog.pg_class AS c, pg_catalog.pg_options_to_table(c.reloptions)
    WHERE c.oid = $1::pg_catalog.regclass AND option_name = 'fillfactor'), ${standard})`;

/**
 * What the pages of the index $1 hold, spread over pages that are filled as REINDEX fills them. avg_leaf_density is NaN
 * when no leaf is left. Entries that could be joined as equal are counted as they are.
 * Source: https://www.postgresql.org/docs/current/pgstattuple.html
 */
export function measureIndexSql(schema: string): string {
  return `
SELECT i.index_size::float8 AS bytes, CASE WHEN i.leaf_pages = 0 OR i.avg_leaf_density = 'NaN' THEN 0
  ELSE (i.leaf_pages + i.internal_pages) * i.avg_leaf_density / ${fillfactor(90)} END
  * pg_catalog.current_setting('block_size')::float8 + pg_catalog.current_setting('block_size')::float8 AS needed
FROM ${schema}.pgstatindex($1::pg_catalog.regclass) AS i`;
}

/** What the rows of the table $1 take that are not dead, spread over pages that are filled as its fillfactor says. */
export function measureTableSql(schema: string): string {
  return `
SELECT t.table_len::float8 AS bytes,
  (t.table_len - t.approx_free_space - t.dead_tuple_len) * 100 / ${fillfactor(100)} AS needed
FROM ${schema}.pgstattuple_approx($1::pg_catalog.regclass) AS t`;
}
