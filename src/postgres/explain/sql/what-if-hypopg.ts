import {quoteIdentifier} from '../../../core/sql/quote.ts';

/** Whether HypoPG can be used: `schema` is null where it is only available, and no row comes where it is not. */
export const hypopgSql = `
SELECT a.name, n.nspname AS schema, e.extversion AS version
FROM pg_catalog.pg_available_extensions AS a
LEFT JOIN pg_catalog.pg_extension AS e ON e.extname = a.name
LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
WHERE a.name = 'hypopg'`;

/** Functions of HypoPG 1.1 and later. Source: https://hypopg.readthedocs.io/en/rel1_stable/usage.html */
export function createSql(schema: string): string {
  return `SELECT h.indexrelid::int8 AS oid, h.indexname AS name
    FROM ${quoteIdentifier(schema)}.hypopg_create_index($1) AS h`;
}

export function sizeSql(schema: string): string {
  return `SELECT ${quoteIdentifier(schema)}.hypopg_relation_size($1::oid)::float8 AS bytes`;
}

export function resetSql(schema: string): string {
  return `SELECT ${quoteIdentifier(schema)}.hypopg_reset()`;
}
