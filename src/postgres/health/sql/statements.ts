import {quoteIdentifier} from '../../../core/sql/quote.ts';

/**
 * Whether pg_stat_statements is here, in which schema, what its view has, and whether its library is loaded: only then
 * its settings exist, and they are for everybody to see. shared_preload_libraries itself is not.
 */
export const statementsFoundSql = `
SELECT e.extversion AS version, n.nspname AS schema,
  has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(v.oid, 'SELECT')
    AND has_function_privilege(f.oid, 'EXECUTE') AS readable,
  (SELECT json_agg(a.attname) FROM pg_attribute AS a WHERE a.attrelid = v.oid AND a.attnum > 0) AS columns,
  ${setting('pg_stat_statements.max')}::int AS max,
  coalesce(${setting('pg_stat_statements.track')}, '') AS track,
  coalesce(${setting('pg_stat_statements.track_planning')} = 'on', false) AS planning,
  current_setting('track_io_timing') = 'on' AS "ioTiming",
  current_setting('compute_query_id') AS "queryId",
  (SELECT s.setting FROM pg_settings AS s WHERE s.name = 'shared_preload_libraries') AS preloaded,
  EXISTS (SELECT FROM pg_available_extensions AS x WHERE x.name = 'pg_stat_statements') AS available
FROM (VALUES (1)) AS one
LEFT JOIN pg_extension AS e ON e.extname = 'pg_stat_statements'
LEFT JOIN pg_namespace AS n ON n.oid = e.extnamespace
LEFT JOIN pg_class AS v ON v.relnamespace = n.oid AND v.relname = 'pg_stat_statements'
LEFT JOIN pg_proc AS f ON f.pronamespace = n.oid AND f.proname = 'pg_stat_statements'`;

function setting(name: string): string {
  return `(SELECT s.setting FROM pg_settings AS s WHERE s.name = '${name}')`;
}

/**
 * The statements of this database with the most execution time. Columns by version of the extension: *_exec_time and WAL
 * from 1.8, toplevel from 1.9, temp_blk_*_time from 1.10, shared_blk_*_time and local_blk_*_time instead of blk_*_time
 * from 1.11. A server runs any of them until ALTER EXTENSION … UPDATE. Who may not see a statement gets no queryid.
 * The text is looked at for so many only that filters and sorting stay cheap.
 * Source: https://www.postgresql.org/docs/current/pgstatstatements.html
 */
export function statementsSql({schema, columns, planning, ioTiming}: StatementsView): string {
  const has = new Set(columns);
  const sum = (names: readonly string[]): string =>
    names
      .filter(name => has.has(name))
      .map(name => `s.${name}`)
      .join(' + ');
  const time = has.has('total_exec_time') ? 'exec_time' : 'time';
  return `
SELECT * FROM (
  SELECT concat_ws('/', s.queryid, s.userid, CASE WHEN NOT ${or(has, 'toplevel', 'true')} THEN 'nested' END) AS id,
    pg_get_userbyid(s.userid) AS user, left(s.query, ${longest}) AS query, s.calls, s.total_${time} AS "totalMs",
    s.mean_${time} AS "meanMs", s.min_${time} AS "minMs", s.max_${time} AS "maxMs", s.stddev_${time} AS "deviationMs",
    ${planning && has.has('total_plan_time') ? 's.total_plan_time' : 'NULL'} AS "planMs", s.rows,
    s.shared_blks_hit AS "blocksHit", s.shared_blks_read AS "blocksRead", s.shared_blks_dirtied AS "blocksDirtied",
    s.shared_blks_written AS "blocksWritten", s.temp_blks_read AS "temporaryRead",
    s.temp_blks_written AS "temporaryWritten",
    ${ioTiming ? sum(readTimes) : 'NULL'} AS "readMs", ${ioTiming ? sum(writeTimes) : 'NULL'} AS "writeMs",
    ${sum(jitTimes) || 'NULL'} AS "jitMs",
    ${or(has, 'wal_bytes', '0')} AS "walBytes", ${or(has, 'wal_records', '0')} AS "walRecords",
    ${or(has, 'toplevel', 'true')} AS "topLevel"
  FROM ${quoteIdentifier(schema)}.pg_stat_statements AS s
  WHERE s.dbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database()) AND s.queryid IS NOT NULL
  ORDER BY s.total_${time} DESC
  LIMIT 1000
) AS top
WHERE coalesce(left(top.query, 5000), '') !~* '${ofCatalog}' AND coalesce(left(top.query, 200), '') !~* '${ofSession}'
LIMIT 200`;
}

export interface StatementsView {
  readonly schema: string;
  readonly columns: readonly string[];
  readonly planning: boolean;
  readonly ioTiming: boolean;
}

/** Characters of a text. Lists of constants become long; what is cut off cannot be explained. */
const longest = 20_000;

const readTimes = ['blk_read_time', 'shared_blk_read_time', 'local_blk_read_time', 'temp_blk_read_time'];
const writeTimes = ['blk_write_time', 'shared_blk_write_time', 'local_blk_write_time', 'temp_blk_write_time'];

/** From 1.10. Deforming is part of generation. */
const jitTimes = ['generation', 'inlining', 'optimization', 'emission'].map(step => `jit_${step}_time`);

const or = (has: ReadonlySet<string>, column: string, otherwise: string): string =>
  has.has(column) ? `s.${column}` : otherwise;

/** Looks into the catalogs, as our own statements, psql and every driver do. */
const ofCatalog = String.raw`\m(from|join)\s+\(?\s*(only\s+)?((pg_catalog|information_schema)\.|"?pg_[a-z_]+"?(\s|$|\())|^\s*select\s+(pg_catalog\.)?(current_setting|set_config|version)\s*\(`;
/** Begins or sets something, and does no work. */
const ofSession = String.raw`^\s*(set|show|reset|begin|start\s+transaction|rollback|savepoint|release|discard|deallocate)\M`;

/**
 * All statements of this database, without their texts; `hidden` are those of others. The time of nested ones is in that
 * of the statements that called them, so it is not added again.
 */
export function statementTotalsSql({schema, columns}: StatementsView): string {
  const time = columns.includes('total_exec_time') ? 's.total_exec_time' : 's.total_time';
  const top = or(new Set(columns), 'toplevel', 'true');
  return `
SELECT count(*) AS statements, coalesce(sum(s.calls), 0) AS calls, coalesce(sum(${time}) FILTER (WHERE ${top}), 0) AS "totalMs",
  count(*) FILTER (WHERE s.queryid IS NULL) AS hidden,
  coalesce(sum(${time}) FILTER (WHERE s.queryid IS NULL AND ${top}), 0) AS "hiddenMs"
FROM ${quoteIdentifier(schema)}.pg_stat_statements(false) AS s
WHERE s.dbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())`;
}

/** From 1.9 of the extension. */
export function statementsInfoSql({schema}: StatementsView): string {
  return `SELECT i.dealloc AS deallocations, extract(epoch FROM i.stats_reset) * 1000 AS "resetAt"
FROM ${quoteIdentifier(schema)}.pg_stat_statements_info AS i`;
}
