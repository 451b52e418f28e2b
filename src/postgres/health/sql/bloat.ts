/**
 * What the estimates of bloat rest on. Only the catalogs, pg_stats and the counters are read: no relation is opened or
 * locked. Smaller relations than 1 MB (128 pages as of the last VACUUM or ANALYZE) are left out, and so are those that
 * were never analyzed, which have no statistics; of several thousand the largest are read. pg_stats is a security barrier
 * that looks up a privilege for each column: OFFSET 0 has it asked by name, where a join would read all of it, and a CASE
 * in the place of COALESCE, which is not leakproof. It shows a column only to who may read it, and nothing of tables with
 * row security for this role; the width is -1 then. The same on 14–18; virtual generated columns (18) take no room.
 */
const smallest = 128;
const mostTables = 1000;
const mostIndexes = 4000;

const align = `CASE a.attalign WHEN 'c' THEN 1 WHEN 's' THEN 2 WHEN 'i' THEN 4 ELSE 8 END`;

const attribute = (nulls: string): string => `json_build_object('length', a.attlen, 'align', ${align},
  'width', coalesce(s.avg_width, CASE WHEN a.attlen > 0 AND ${nulls} IS NOT NULL THEN a.attlen ELSE -1 END),
  'nulls', coalesce(${nulls}, 0))`;

const fillfactor = (options: string, standard: number): string =>
  `coalesce((SELECT option_value::int FROM pg_options_to_table(${options}) WHERE option_name = 'fillfactor'), ${standard})`;

/** Rows told by the counters are as good as the last VACUUM or ANALYZE that told them; a reset forgets both. */
const counted = (table: string): string => `coalesce(pg_stat_get_last_vacuum_time(${table}),
  pg_stat_get_last_autovacuum_time(${table}), pg_stat_get_last_analyze_time(${table}),
  pg_stat_get_last_autoanalyze_time(${table})) IS NOT NULL`;

const isUsers = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'`;

/** Tables and materialized views with the access method heap. */
export const heapFiguresSql = `
WITH large AS MATERIALIZED (
  SELECT c.oid, n.nspname, c.relname, c.reltuples, c.relpages, c.reloptions
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_am AS m ON m.oid = c.relam
  WHERE c.relkind IN ('r', 'm') AND m.amname = 'heap' AND c.relpages >= ${smallest} AND c.reltuples >= 0 AND ${isUsers}
  ORDER BY c.relpages DESC LIMIT ${mostTables}
)
SELECT c.oid::int8, ${fillfactor('c.reloptions', 100)} AS fillfactor,
  json_build_object('rows', c.reltuples::float8, 'pages', c.relpages,
    'live', coalesce(pg_stat_get_live_tuples(c.oid), 0), 'counted', ${counted('c.oid')}) AS counts,
  (SELECT json_agg(${attribute(`CASE WHEN a.attisdropped OR a.attgenerated = 'v' THEN 1 ELSE s.null_frac END`)}
      ORDER BY a.attnum)
    FROM pg_attribute AS a
    LEFT JOIN pg_stats AS s ON s.schemaname = c.nspname AND s.tablename = c.relname AND s.attname = a.attname
      AND NOT s.inherited
    WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns
FROM large AS c`;

/**
 * Valid btree indexes of tables and materialized views. Statistics of an expression have the index's name in pg_stats.
 * Equal entries are joined unless the index is unique, has INCLUDE, or a key's opclass does not say (support function 4)
 * that what is equal looks equal; a nondeterministic collation forbids it as well.
 * Source: https://www.postgresql.org/docs/current/btree.html#BTREE-DEDUPLICATION
 */
export const btreeFiguresSql = `
WITH large AS MATERIALIZED (
  SELECT i.*, c.relname, c.reltuples, c.relpages, c.reloptions, t.relname AS "tableName", t.oid AS "tableOid",
    t.reltuples AS "tableRows", n.nspname, coalesce(pg_stat_get_live_tuples(t.oid), 0) AS live, ${counted('t.oid')} AS counted
  FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_am AS m ON m.oid = c.relam
  JOIN pg_class AS t ON t.oid = i.indrelid JOIN pg_namespace AS n ON n.oid = t.relnamespace
  WHERE c.relkind = 'i' AND m.amname = 'btree' AND i.indisvalid AND c.relpages >= ${smallest} AND t.reltuples >= 0
    AND ${isUsers}
  ORDER BY c.relpages DESC LIMIT ${mostIndexes}
), equal AS MATERIALIZED (
  SELECT o.oid FROM pg_opclass AS o JOIN pg_amproc AS p ON p.amprocfamily = o.opcfamily AND p.amprocnum = 4
    AND p.amproclefttype = o.opcintype AND p.amprocrighttype = o.opcintype
), stored AS (
  SELECT i.indexrelid, json_agg(${attribute('s.null_frac')} ORDER BY a.attnum) AS columns,
    -- As many different keys as the columns would make if they had nothing to do with each other.
    least(exp(sum(ln(greatest(CASE WHEN s.n_distinct < 0 THEN -s.n_distinct * greatest(i.live, i."tableRows", 1)
      ELSE s.n_distinct END, 1)::float8)) FILTER (WHERE a.attnum <= i.indnkeyatts)), 1e15) AS distinct,
    CASE WHEN i.indnkeyatts = 1 THEN max(s.null_frac) FILTER (WHERE a.attnum = 1) ELSE 0 END AS nulls,
    CASE WHEN i.indnkeyatts = 1 THEN max(cardinality(s.most_common_freqs)) FILTER (WHERE a.attnum = 1) END AS common,
    CASE WHEN i.indnkeyatts = 1 THEN
      max((SELECT sum(f) FROM unnest(s.most_common_freqs) AS f)) FILTER (WHERE a.attnum = 1) END AS "commonShare"
  FROM large AS i
  JOIN pg_attribute AS a ON a.attrelid = i.indexrelid
  LEFT JOIN pg_attribute AS k ON k.attrelid = i.indrelid AND k.attnum = i.indkey[a.attnum - 1] AND k.attnum <> 0
  LEFT JOIN LATERAL (SELECT * FROM pg_stats AS s WHERE s.schemaname = i.nspname AND NOT s.inherited
    AND s.tablename = CASE WHEN k.attnum IS NULL THEN i.relname ELSE i."tableName" END
    AND s.attname = CASE WHEN k.attnum IS NULL THEN a.attname ELSE k.attname END OFFSET 0) AS s ON true
  GROUP BY i.indexrelid, i.indnkeyatts, i.live, i."tableRows"
)
SELECT i.indexrelid::int8 AS oid, ${fillfactor('i.reloptions', 90)} AS fillfactor,
  json_build_object('pages', i.relpages, 'counted', i.counted,
    'rows', CASE WHEN i.indpred IS NULL THEN i."tableRows" ELSE greatest(i.reltuples, 0) END::float8,
    'live', CASE WHEN i.indpred IS NULL THEN i.live
      ELSE least(1, greatest(i.reltuples, 0) / greatest(i."tableRows", 1)) * i.live END) AS counts,
  s.columns,
  NOT i.indisunique AND i.indnatts = i.indnkeyatts
    AND coalesce((SELECT option_value::bool FROM pg_options_to_table(i.reloptions)
      WHERE option_name = 'deduplicate_items'), true)
    AND NOT i.indcollation::oid[] && ARRAY(SELECT l.oid FROM pg_collation AS l WHERE NOT l.collisdeterministic)
    AND i.indclass::oid[] <@ ARRAY(SELECT e.oid FROM equal AS e) AS deduplicated,
  json_build_object('distinct', coalesce(s.distinct, 1e15), 'nulls', coalesce(s.nulls, 0),
    'common', coalesce(s.common, 0), 'commonShare', coalesce(s."commonShare", 0)) AS keys
FROM large AS i JOIN stored AS s ON s.indexrelid = i.indexrelid`;
