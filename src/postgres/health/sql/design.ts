import {isNoMember, isUserSchema} from '../../schema/sql/fragments.ts';

const ofUsers = `c.relpersistence <> 't' AND ${isUserSchema('n')} AND ${isNoMember('pg_class', 'c.oid')}`;

const block = `current_setting('block_size')::int8`;

/**
 * Tables without a primary key. Nothing is locked: pg_publication_tables would lock the tables from 16 on, so the
 * catalogs behind it are read. Publications of a whole schema exist from 15. A partition's rows and publications are
 * its parent's. A unique index has a definition where ADD PRIMARY KEY USING INDEX takes it: it belongs to no constraint,
 * nor do foreign keys rely on it, and its order is the usual one.
 */
export function withoutKeySql(version: number): string {
  const bySchema =
    version >= 150_000
      ? `UNION SELECT c.oid FROM pg_class AS c JOIN pg_publication_namespace AS s ON s.pnnspid = c.relnamespace
         JOIN sending AS p ON p.oid = s.pnpubid`
      : '';
  return `
WITH RECURSIVE sending AS (
  SELECT oid, puballtables FROM pg_publication WHERE pubupdate OR pubdelete
), published AS (
  SELECT r.prrelid AS oid FROM pg_publication_rel AS r JOIN sending AS p ON p.oid = r.prpubid ${bySchema}
), everything AS (
  SELECT coalesce(bool_or(puballtables), false) AS published FROM sending
), keyless AS MATERIALIZED (
  SELECT c.oid, n.nspname, c.relname, c.relkind, c.reltuples, c.relpages, c.relreplident, c.relpersistence
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${ofUsers}
    AND NOT EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisprimary)
), member AS (
  SELECT k.oid AS root, k.oid FROM keyless AS k
  UNION ALL
  SELECT m.root, h.inhrelid FROM member AS m JOIN pg_inherits AS h ON h.inhparent = m.oid
  JOIN pg_class AS c ON c.oid = h.inhrelid WHERE c.relispartition
), whole AS (
  SELECT m.root, sum(c.reltuples) FILTER (WHERE c.relkind = 'r') AS rows, bool_or(c.reltuples < 0 AND c.relkind = 'r') AS unknown,
    sum(c.relpages) AS pages, bool_or(p.oid IS NOT NULL) AS published
  FROM member AS m JOIN pg_class AS c ON c.oid = m.oid LEFT JOIN published AS p ON p.oid = m.oid
  GROUP BY m.root
)
SELECT k.nspname AS schema, k.relname AS name, k.relkind = 'p' AS partitioned,
  CASE WHEN NOT w.unknown THEN w.rows::float8 END AS rows, w.pages * ${block} AS bytes,
  u.name AS "uniqueIndex", u.definition AS "uniqueDefinition",
  k.relreplident IN ('d', 'n') AND k.relpersistence = 'p' AND (w.published OR e.published) AS published
FROM keyless AS k JOIN whole AS w ON w.root = k.oid CROSS JOIN everything AS e
LEFT JOIN LATERAL (
  SELECT x.relname AS name, CASE WHEN k.relkind = 'r' AND NOT EXISTS (SELECT FROM pg_constraint AS o WHERE o.conindid = x.oid)
    AND 0 = ALL (i.indoption::int2[]) AND pg_get_indexdef(x.oid) !~ 'NULLS NOT DISTINCT' THEN pg_get_indexdef(x.oid) END AS definition
  FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid
  WHERE i.indrelid = k.oid AND i.indisunique AND i.indisvalid AND i.indimmediate
    AND i.indpred IS NULL AND i.indexprs IS NULL
    AND NOT EXISTS (SELECT FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS u(number, place)
      JOIN pg_attribute AS a ON a.attrelid = k.oid AND a.attnum = u.number
      WHERE u.place <= i.indnkeyatts AND NOT a.attnotnull)
  ORDER BY i.indnatts, x.oid LIMIT 1
) AS u ON true
ORDER BY k.nspname, k.relname`;
}

/**
 * Constraints that were never validated. Partitions and children have their parents' ones. NOT ENFORCED (18) is a
 * decision, and no leftover.
 */
export function unvalidatedSql(version: number): string {
  return `
SELECT n.nspname AS schema, c.relname AS table, k.conname AS name, pg_get_constraintdef(k.oid) AS definition,
  CASE k.contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign-key' ELSE 'not-null' END AS kind,
  CASE WHEN c.reltuples >= 0 THEN c.reltuples::float8 END AS rows
FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE k.contype IN ('c', 'f', 'n') AND NOT k.convalidated AND k.conparentid = 0 AND k.coninhcount = 0 AND ${ofUsers}
  ${version >= 180_000 ? 'AND k.conenforced' : ''}
ORDER BY 1, 2, 3`;
}

/**
 * Columns that could be NOT NULL: pg_stats knows no NULL among at least a thousand rows, and a unique key, a foreign key,
 * or the default of a flag or a moment says what the column is for. Columns with a CHECK that may say the same are left out, and so are all but
 * the largest tables, because pg_stats looks up a privilege for each column. OFFSET 0 has it asked by name, where a join
 * would read all of it.
 */
export const nullableSql = `
WITH large AS MATERIALIZED (
  SELECT c.oid, c.relname, c.reltuples, n.nspname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND NOT c.relispartition AND c.reltuples >= 1000 AND ${ofUsers}
  ORDER BY c.reltuples DESC LIMIT 500
)
SELECT c.nspname AS schema, c.relname AS table, a.attname AS name, c.reltuples::float8 AS rows,
  CASE WHEN w.is_unique THEN 'unique' WHEN w.is_foreign THEN 'foreign-key' ELSE 'default' END AS reason
FROM large AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND NOT a.attnotnull
  AND a.attgenerated = ''
JOIN pg_type AS t ON t.oid = a.atttypid AND NOT t.typnotnull
CROSS JOIN LATERAL (SELECT
  EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL
    AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])) AS is_unique,
  EXISTS (SELECT FROM pg_constraint AS k WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.conkey = ARRAY[a.attnum]) AS is_foreign
) AS w
WHERE (w.is_unique OR w.is_foreign OR (a.atthasdef
    AND a.atttypid IN ('bool'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype, 'date'::regtype)))
  AND NOT EXISTS (SELECT FROM pg_constraint AS k
    WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum])
  AND EXISTS (SELECT FROM pg_stats AS s WHERE s.schemaname = c.nspname AND s.tablename = c.relname
    AND s.attname = a.attname AND NOT s.inherited AND s.null_frac = 0 OFFSET 0)
ORDER BY 1, 2, a.attnum`;

/**
 * Key columns of the types smallint and integer whose largest value, as of the statistics, is beyond half of what the
 * type holds, and whose sequence, if any, this role cannot read.
 */
export const smallKeysSql = `
WITH candidate AS MATERIALIZED (
  SELECT DISTINCT c.oid, n.nspname, c.relname, c.relkind, a.attnum, a.attname, a.atttypid, f.confrelid, f.confnumber
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  JOIN (
    SELECT i.indrelid AS relation, u.number, NULL::oid AS confrelid, NULL::int2 AS confnumber
    FROM pg_index AS i, unnest(i.indkey::int2[]) AS u(number) WHERE i.indisprimary OR (i.indisunique AND i.indnkeyatts = 1)
    UNION ALL
    SELECT k.conrelid, u.number, k.confrelid, u.confnumber FROM pg_constraint AS k, unnest(k.conkey, k.confkey) AS u(number, confnumber)
    WHERE k.contype = 'f' AND k.conparentid = 0
  ) AS f ON f.relation = c.oid
  JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = f.number
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.atttypid IN ('int2'::regtype, 'int4'::regtype) AND ${ofUsers}
    AND NOT EXISTS (SELECT FROM pg_depend AS d JOIN pg_sequence AS q ON q.seqrelid = d.objid
      WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
      AND d.classid = 'pg_class'::regclass AND has_sequence_privilege(q.seqrelid, 'USAGE, SELECT'))
    AND NOT EXISTS (SELECT FROM pg_attrdef AS e JOIN pg_depend AS d ON d.classid = 'pg_attrdef'::regclass
      AND d.objid = e.oid AND d.refclassid = 'pg_class'::regclass
      JOIN pg_sequence AS q ON q.seqrelid = d.refobjid
      WHERE e.adrelid = c.oid AND e.adnum = a.attnum AND has_sequence_privilege(q.seqrelid, 'USAGE, SELECT'))
), known AS (
  SELECT k.*, v.smallest, v.largest
  FROM candidate AS k
  CROSS JOIN LATERAL (SELECT * FROM pg_stats AS s WHERE s.schemaname = k.nspname AND s.tablename = k.relname
    AND s.attname = k.attname AND s.inherited = (k.relkind = 'p') OFFSET 0) AS s
  CROSS JOIN LATERAL (SELECT min(b) AS smallest, max(b) AS largest FROM unnest(
    coalesce(s.histogram_bounds::text::int8[], '{}') || coalesce(s.most_common_vals::text::int8[], '{}')) AS b) AS v
)
SELECT DISTINCT ON (k.oid, k.attnum) k.nspname AS schema, k.relname AS table, k.oid::int8 AS "tableOid", k.attname AS name,
  format_type(k.atttypid, NULL) AS type, k.smallest, k.largest,
  CASE WHEN r.oid IS NOT NULL THEN json_build_object('schema', rn.nspname, 'table', r.relname, 'name', ra.attname,
    'type', format_type(ra.atttypid, NULL)) END AS references
FROM known AS k
LEFT JOIN pg_class AS r ON r.oid = k.confrelid LEFT JOIN pg_namespace AS rn ON rn.oid = r.relnamespace
LEFT JOIN pg_attribute AS ra ON ra.attrelid = k.confrelid AND ra.attnum = k.confnumber
WHERE k.largest > CASE WHEN k.atttypid = 'int2'::regtype THEN 16384 ELSE 1073741824 END
ORDER BY k.oid, k.attnum, k.confrelid`;

/** CHECK constraints over several columns, of tables with foreign keys over several columns. */
export const checkedTogetherSql = `
SELECT k.conrelid::int8 AS "tableOid", k.conkey AS columns
FROM pg_constraint AS k
WHERE k.contype = 'c' AND cardinality(k.conkey) > 1
  AND EXISTS (SELECT FROM pg_constraint AS f
    WHERE f.conrelid = k.conrelid AND f.contype = 'f' AND cardinality(f.conkey) > 1)`;
