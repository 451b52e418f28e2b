import {foreignOptionsSql, optionsSql} from './fragments.ts';

/**
 * What a CREATE statement of the relation $1 says beside its columns. A partition has its parent and bound; a child
 * of classic inheritance its parents in order. relam is that of a materialized view or table, and of a partitioned
 * table from 17 on. pg_get_viewdef and pg_get_expr lock what they read in ACCESS SHARE mode.
 */
export const relationSql = `
SELECT c.relkind AS kind, pg_catalog.format('%I.%I', n.nspname, c.relname) AS target,
  pg_catalog.pg_get_userbyid(c.relowner) AS owner, c.relpersistence = 'u' AS unlogged,
  CASE WHEN c.reloftype <> '0'::oid THEN pg_catalog.format_type(c.reloftype, NULL) END AS "ofType",
  pg_catalog.concat_ws(', ', ${optionsSql('c.reloptions')}, ${optionsSql('o.reloptions', 'toast.')}) AS options,
  pg_catalog.quote_ident(m.amname::text) AS method, pg_catalog.quote_ident(t.spcname::text) AS tablespace,
  CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS "partitionKey",
  CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END AS bound,
  ARRAY(SELECT pg_catalog.format('%I.%I', pn.nspname, p.relname)
    FROM pg_catalog.pg_inherits AS i
    JOIN pg_catalog.pg_class AS p ON p.oid = i.inhparent
    JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace
    WHERE i.inhrelid = c.oid ORDER BY i.inhseqno) AS parents,
  c.relrowsecurity AS "rowSecurity", c.relforcerowsecurity AS "forcedRowSecurity",
  c.relreplident AS "replicaIdentity", c.relispopulated AS populated,
  CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END AS query,
  pg_catalog.quote_ident(fs.srvname::text) AS server, ${foreignOptionsSql('f.ftoptions')} AS "foreignOptions",
  pg_catalog.quote_literal(pg_catalog.obj_description(c.oid, 'pg_class')) AS comment
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_class AS o ON o.oid = c.reltoastrelid
LEFT JOIN pg_catalog.pg_am AS m ON m.oid = c.relam AND m.amname <> 'heap'::name
LEFT JOIN pg_catalog.pg_tablespace AS t ON t.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_foreign_table AS f ON f.ftrelid = c.oid
LEFT JOIN pg_catalog.pg_foreign_server AS fs ON fs.oid = f.ftserver
WHERE c.oid = $1::oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')`;
