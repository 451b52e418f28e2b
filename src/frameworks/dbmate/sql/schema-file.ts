/** The schemas that a connection's `search_path` names, as it is written there; none where it brought none. All versions. */
export const searchPathSql = `
SELECT setting FROM pg_catalog.pg_settings WHERE name = 'search_path' AND source = 'client'`;

/** @returns the versions as they stand in the schema file, in the order of the database's own collation */
export function versionLiteralsSql(quoted: string): string {
  return `SELECT quote_literal(version) AS literal FROM ${quoted} ORDER BY version ASC`;
}
