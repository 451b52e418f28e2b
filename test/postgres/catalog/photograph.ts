const names = `n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relname !~ '^pg_toast'`;

/** Columns of the catalog that differ between two databases with the same objects: oids, and what VACUUM writes. */
const noise = `ARRAY['oid', 'relnamespace', 'reltype', 'reloftype', 'relowner', 'relfilenode', 'reltoastrelid', 'relpages',
  'reltuples', 'relallvisible', 'relallfrozen', 'relfrozenxid', 'relminmxid', 'relam', 'relacl', 'relnatts', 'relpartbound',
  'relhasindex', 'attrelid', 'atttypid', 'attnum', 'attcollation', 'attmissingval', 'attacl', 'attcacheoff',
  'connamespace', 'conrelid', 'contypid', 'conindid', 'conparentid', 'confrelid', 'conkey', 'confkey', 'conpfeqop',
  'conppeqop', 'conffeqop', 'conexclop', 'conbin', 'confdelsetcols', 'indexrelid', 'indrelid', 'indkey', 'indcollation',
  'indclass', 'indexprs', 'indpred', 'indcheckxmin', 'tgrelid', 'tgparentid', 'tgfoid', 'tgconstrrelid', 'tgconstrindid',
  'tgconstraint', 'tgattr', 'tgqual', 'tgname', 'polrelid', 'polroles', 'polqual', 'polwithcheck', 'seqrelid', 'typnamespace',
  'typowner', 'typrelid', 'typelem', 'typarray', 'typbasetype', 'typcollation', 'typdefaultbin', 'typacl', 'typsubscript',
  'pronamespace', 'proowner', 'prorettype', 'proallargtypes', 'proargtypes', 'prosqlbody', 'proargdefaults', 'proacl',
  'provariadic']`;

/**
 * All that the catalog says of the objects of users, by name: one row for each catalog row, as JSON without oids, and
 * beside it what the server deparses. connoinherit means nothing for a key; it tells whether the key of a partition
 * was made with it or before it was attached. Not the definitions' own SQL, so that both cannot forget the same thing.
 */
export const photographSql = `
SET search_path = '';
SELECT u.what, u.name, u.facts::text AS facts FROM (
  SELECT 'class' AS what, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, to_jsonb(c) - ${noise}
    || jsonb_build_object('bound', pg_get_expr(c.relpartbound, c.oid), 'toast', o.reloptions,
      'view', CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
      'comment', obj_description(c.oid, 'pg_class'),
      'parents', ARRAY(SELECT i.inhparent::regclass::text FROM pg_inherits i WHERE i.inhrelid = c.oid ORDER BY i.inhseqno)) AS facts
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_class o ON o.oid = c.reltoastrelid
  WHERE ${names}
  UNION ALL
  SELECT 'column', c.oid::regclass || ' ' || row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum), to_jsonb(a) - ${noise}
    || jsonb_build_object('type', format_type(a.atttypid, a.atttypmod), 'collation', a.attcollation::regcollation,
      'default', pg_get_expr(d.adbin, d.adrelid), 'sequence', pg_get_serial_sequence(c.oid::regclass::text, a.attname),
      'comment', col_description(c.oid, a.attnum))
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE ${names} AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT 'constraint', k.conrelid::regclass || ' ' || k.contypid::regtype || ' ' || k.conname, to_jsonb(k) - ${noise} - CASE WHEN k.contype IN ('p', 'u') THEN 'connoinherit' ELSE '' END
    || jsonb_build_object('def', pg_get_constraintdef(k.oid), 'index', k.conindid::regclass,
      'parent', (SELECT p.conname FROM pg_constraint p WHERE p.oid = k.conparentid), 'comment', obj_description(k.oid, 'pg_constraint'))
  FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema'
  UNION ALL
  SELECT 'index', i.indexrelid::regclass::text, to_jsonb(i) - ${noise} || jsonb_build_object('def', pg_get_indexdef(i.indexrelid))
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${names}
  UNION ALL
  SELECT 'trigger', t.tgrelid::regclass || ' ' || regexp_replace(t.tgname, '_[0-9]+$', '') || ' ' || t.tgtype || ' '
      || coalesce((SELECT k.conname FROM pg_constraint k WHERE k.oid = t.tgconstraint), ''),
    to_jsonb(t) - ${noise} || jsonb_build_object('comment', obj_description(t.oid, 'pg_trigger'),
      'def', CASE WHEN t.tgisinternal THEN '' ELSE pg_get_triggerdef(t.oid) END, 'function', t.tgfoid::regproc)
  FROM pg_trigger t
  UNION ALL
  SELECT 'policy', p.polrelid::regclass || ' ' || p.polname, to_jsonb(p) - ${noise}
    || jsonb_build_object('using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid),
      'roles', ARRAY(SELECT r::regrole::text FROM unnest(p.polroles) r ORDER BY 1), 'comment', obj_description(p.oid, 'pg_policy'))
  FROM pg_policy p
  UNION ALL
  SELECT 'sequence', s.seqrelid::regclass::text, to_jsonb(s) - ${noise} FROM pg_sequence s
  UNION ALL
  SELECT 'type', t.oid::regtype::text, to_jsonb(t) - ${noise} || jsonb_build_object('base', format_type(t.typbasetype, t.typtypmod),
      'collation', t.typcollation::regcollation, 'comment', obj_description(t.oid, 'pg_type'),
      'labels', ARRAY(SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder),
      'range', (SELECT jsonb_build_array(r.rngsubtype::regtype, r.rngmultitypid::regtype, r.rngcollation::regcollation,
        (SELECT opcname FROM pg_opclass WHERE oid = r.rngsubopc), r.rngcanonical, r.rngsubdiff) FROM pg_range r WHERE r.rngtypid = t.oid))
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  UNION ALL
  SELECT 'routine', p.oid::regprocedure::text, to_jsonb(p) - ${noise} || jsonb_build_object('comment', obj_description(p.oid, 'pg_proc'),
      'def', CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END, 'arguments', pg_get_function_arguments(p.oid),
      'aggregate', (SELECT jsonb_build_array(g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggserialfn, g.aggdeserialfn, g.aggmtransfn,
        g.aggminvtransfn, g.aggmfinalfn, g.aggkind, g.aggnumdirectargs, g.aggfinalextra, g.aggmfinalextra, g.aggfinalmodify,
        g.aggmfinalmodify, g.aggsortop::regoperator, g.aggtranstype::regtype, g.aggtransspace, g.aggmtranstype::regtype,
        g.aggmtransspace, g.agginitval, g.aggminitval) FROM pg_aggregate g WHERE g.aggfnoid = p.oid))
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
  UNION ALL
  SELECT 'rule', r.ev_class::regclass || ' ' || r.rulename, jsonb_build_array(pg_get_ruledef(r.oid), r.ev_enabled, obj_description(r.oid, 'pg_rewrite'))
  FROM pg_rewrite r WHERE r.rulename <> '_RETURN' AND r.oid >= 16384
  UNION ALL
  SELECT 'statistics', s.stxname, jsonb_build_array(pg_get_statisticsobjdef(s.oid), s.stxstattarget, obj_description(s.oid, 'pg_statistic_ext'))
  FROM pg_statistic_ext s
) AS u ORDER BY u.what, u.name, u.facts::text`;
