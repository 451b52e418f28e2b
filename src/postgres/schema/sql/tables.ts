import {
  firstUserOid,
  flag,
  isNoMember,
  isUserSchema,
  nameIn,
  optionsJson,
  stored,
  storedJoins,
} from './fragments.ts';

/**
 * Ordinary, partitioned, typed and foreign tables. relam of a partitioned table: 17+. pg_get_expr locks the table in
 * ACCESS SHARE mode, hence only for partitions.
 */
export const tablesSql = `
SELECT c.oid, n.nspname AS namespace, c.relname AS name, pg_get_userbyid(c.relowner) AS owner, ${stored},
  CASE WHEN c.relpersistence = 'u' THEN 'unlogged' END AS persistence,
  ${flag('c.relrowsecurity')} AS "rowSecurity", ${flag('c.relforcerowsecurity')} AS "forceRowSecurity",
  CASE WHEN c.relkind <> 'f' THEN CASE c.relreplident WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' WHEN 'i' THEN (
    SELECT concat('index ', x.relname) FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid
    WHERE i.indrelid = c.oid AND i.indisreplident) END END AS "replicaIdentity",
  CASE WHEN NOT c.relispartition THEN parents.names END AS inherits,
  CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END AS "ofType",
  CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS "partitionKey",
  CASE WHEN c.relispartition THEN parents.names[1] END AS "partitionOf",
  CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS "partitionBound",
  fs.srvname::text AS server, ${optionsJson('f.ftoptions')} AS "foreignOptions"
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
${storedJoins}
LEFT JOIN pg_foreign_table AS f ON f.ftrelid = c.oid
LEFT JOIN pg_foreign_server AS fs ON fs.oid = f.ftserver
LEFT JOIN (
  SELECT i.inhrelid, array_agg(${nameIn('pg_class', 'rel', 'i.inhparent')} ORDER BY i.inhseqno) AS names
  FROM pg_inherits AS i JOIN pg_class AS child ON child.oid = i.inhrelid AND child.relkind IN ('r', 'p', 'f')
  GROUP BY i.inhrelid) AS parents ON parents.inhrelid = c.oid
WHERE c.oid >= ${firstUserOid} AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND ${isUserSchema('n')}
  AND ${isNoMember('pg_class', 'c.oid')}
ORDER BY n.nspname, c.relname`;
