/**
 * Size of relations by oid ($1), which asks for no privilege on their schemas; a partitioned table counts with its
 * partitions. -1 in `reltuples` means never analyzed. Valid on 14 to 18; `pg_total_relation_size` waits for ACCESS
 * EXCLUSIVE.
 */
export const sizesSql = `
SELECT given.oid::text AS oid, sum(pg_catalog.pg_total_relation_size(c.oid))::text AS bytes,
  sum(pg_catalog.pg_relation_size(c.oid))::text AS heap,
  (sum(c.reltuples) FILTER (WHERE c.reltuples >= 0 AND c.relkind IN ('r', 'm')))::int8::text AS rows
FROM pg_catalog.unnest($1::oid[]) AS given(oid)
  JOIN pg_catalog.pg_class g ON g.oid = given.oid
  CROSS JOIN LATERAL (
    SELECT given.oid UNION SELECT p.relid::oid FROM pg_catalog.pg_partition_tree(given.oid) p WHERE g.relkind = 'p'
  ) AS part(oid)
  JOIN pg_catalog.pg_class c ON c.oid = part.oid
GROUP BY given.oid`;
