/**
 * Counters of all indexes that were ever scanned, without the joins of pg_stat_all_indexes. From 16 on the server knows
 * when each was scanned last, so only those that were since $1 (milliseconds since 1970) are sent; $1 is null for all.
 */
export function indexCountersSql(versionNumber: number): string {
  const since =
    versionNumber >= 160_000
      ? `AND ($1::float8 IS NULL OR pg_stat_get_lastscan(i.indexrelid) >= to_timestamp($1::float8 / 1000))`
      : `AND ($1::float8 IS NULL OR true)`;
  return `SELECT i.indexrelid::int8 AS oid, pg_stat_get_numscans(i.indexrelid) AS scans,
    pg_stat_get_tuples_returned(i.indexrelid) AS "tuplesRead"
  FROM pg_index AS i
  WHERE i.indexrelid >= 16384 AND pg_stat_get_numscans(i.indexrelid) > 0 ${since}`;
}

/** By the server's clock, in milliseconds. */
export const clockSql = 'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS at';
