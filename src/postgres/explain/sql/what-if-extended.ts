/**
 * Extended statistics of the relations $1. Their data is for superusers alone, and is told apart by inheritance since
 * 15. The three kinds are kept as bytes in a form of their own, which 14–18 share; it names columns by number, so
 * columns that were dropped would shift them. `plain`: all types are those of every server.
 * @param version `server_version_num`
 */
export function extendedSql(version: number): string {
  const inherited = version >= 150000 ? 'd.stxdinherit' : 'false';
  return `
SELECT n.nspname AS schema, s.stxname AS name, ${inherited} AS inherited,
  pg_catalog.encode(d.stxdndistinct::bytea, 'hex') AS "distinct",
  pg_catalog.encode(d.stxddependencies::bytea, 'hex') AS dependencies,
  pg_catalog.encode(d.stxdmcv::bytea, 'hex') AS "commonValues",
  s.stxexprs IS NULL AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = s.stxrelid AND a.attisdropped) AS portable,
  NOT EXISTS (SELECT FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys) AND a.atttypid >= '16384'::oid) AS plain
FROM pg_catalog.pg_statistic_ext AS s
JOIN pg_catalog.pg_namespace AS n ON n.oid = s.stxnamespace
JOIN pg_catalog.pg_statistic_ext_data AS d ON d.stxoid = s.oid
WHERE s.stxrelid = ANY ($1::oid[])
ORDER BY s.oid`;
}

/** The same for who may not read the data. */
export const extendedNamesSql = `
SELECT n.nspname AS schema, s.stxname AS name
FROM pg_catalog.pg_statistic_ext AS s
JOIN pg_catalog.pg_namespace AS n ON n.oid = s.stxnamespace
WHERE s.stxrelid = ANY ($1::oid[]) ORDER BY s.oid`;

export const mayReadExtendedSql = `
SELECT pg_catalog.has_table_privilege('pg_catalog.pg_statistic_ext_data'::pg_catalog.regclass, 'SELECT') AS allowed`;

/** For the embedded server: nothing but bytes can be given, and no type takes them without this. */
export const extendedCastsSql = ['pg_ndistinct', 'pg_dependencies', 'pg_mcv_list']
  .map(type => `CREATE CAST (bytea AS pg_catalog.${type}) WITHOUT FUNCTION`)
  .join('; ');

export const restoreExtendedSql = `
INSERT INTO pg_catalog.pg_statistic_ext_data (stxoid, stxdinherit, stxdndistinct, stxddependencies, stxdmcv)
SELECT s.oid, $3::bool, pg_catalog.decode($4, 'hex')::pg_catalog.pg_ndistinct,
  pg_catalog.decode($5, 'hex')::pg_catalog.pg_dependencies, pg_catalog.decode($6, 'hex')::pg_catalog.pg_mcv_list
FROM pg_catalog.pg_statistic_ext AS s
JOIN pg_catalog.pg_namespace AS n ON n.oid = s.stxnamespace
WHERE n.nspname = $1 AND s.stxname = $2`;
