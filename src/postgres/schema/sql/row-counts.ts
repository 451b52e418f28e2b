import {isUserSchema} from './fragments.ts';

/**
 * Estimates that cost nothing: the planner's, and where nothing was counted yet (reltuples is -1) the rows that the
 * statistics have seen come and go. Of a partitioned table the sum over its partitions, unless ANALYZE has counted it.
 */
export const rowCountsSql = `
SELECT n.nspname AS schema, c.relname AS name, CASE
    WHEN c.reltuples >= 0 THEN round(c.reltuples::numeric)::text
    WHEN c.relkind IN ('r', 'm') AND pg_catalog.pg_stat_get_live_tuples(c.oid) > 0
      THEN pg_catalog.pg_stat_get_live_tuples(c.oid)::text
    WHEN c.relkind = 'p' THEN (
      SELECT round(sum(p.reltuples)::numeric)::text FROM pg_catalog.pg_partition_tree(c.oid) AS t
      JOIN pg_catalog.pg_class AS p ON p.oid = t.relid WHERE t.isleaf AND p.reltuples >= 0) END AS estimate
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm', 'f') AND c.relpersistence <> 't' AND ${isUserSchema('n')}`;
