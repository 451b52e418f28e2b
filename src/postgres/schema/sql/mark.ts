/**
 * Rows of a catalog by their number and the sum of the transactions that wrote them. Every DDL writes rows, and neither
 * freezing nor the statistics of VACUUM and ANALYZE, which are written in place, change `xmin`. A sum rather than the
 * latest: transaction ids wrap around.
 */
const written = (catalog: string, condition = 'true'): string => `
  (SELECT pg_catalog.concat(pg_catalog.count(*), ':', pg_catalog.sum(c.xmin::pg_catalog.text::pg_catalog.int8))
    FROM pg_catalog.${catalog} AS c WHERE ${condition})`;

/** Of these the rows of temporary tables are left out, which programs make and drop all day. */
const ofRelations = {
  pg_class: 'oid',
  pg_attribute: 'attrelid',
  pg_attrdef: 'adrelid',
  pg_constraint: 'conrelid',
  pg_index: 'indrelid',
  pg_inherits: 'inhrelid',
  pg_sequence: 'seqrelid',
  pg_rewrite: 'ev_class',
  pg_trigger: 'tgrelid',
  pg_description: 'objoid',
} as const;

const others = [
  'pg_enum',
  'pg_range',
  'pg_proc',
  'pg_aggregate',
  'pg_event_trigger',
  'pg_policy',
  'pg_extension',
  'pg_seclabel',
  'pg_statistic_ext',
  'pg_default_acl',
  'pg_publication',
  'pg_publication_rel',
  'pg_foreign_data_wrapper',
  'pg_foreign_server',
  'pg_foreign_table',
  'pg_language',
  'pg_collation',
  'pg_cast',
  'pg_operator',
  'pg_opclass',
  'pg_opfamily',
  'pg_amop',
  'pg_amproc',
  'pg_am',
  'pg_conversion',
  'pg_transform',
  'pg_ts_config',
  'pg_ts_config_map',
  'pg_ts_dict',
  'pg_ts_parser',
  'pg_ts_template',
  'pg_partitioned_table',
  'pg_db_role_setting',
  'pg_auth_members',
] as const;

const temporary = 'SELECT t.oid FROM temporary AS t';

/**
 * Views and catalogs whose `xmin` not everybody may read, by what they say: pg_subscription hides its connection string,
 * pg_authid and pg_user_mapping all of it. pg_publication_namespace: 15+.
 */
export function markSql(version: number): string {
  const parts = [
    ...Object.entries(ofRelations).map(([catalog, column]) =>
      written(catalog, `c.${column} NOT IN (${temporary})`),
    ),
    ...others.map(catalog => written(catalog)),
    ...(version >= 150_000 ? [written('pg_publication_namespace')] : []),
    written('pg_namespace', `c.nspname !~ '^pg_(toast_)?temp_'`),
    written(
      'pg_type',
      `c.typrelid NOT IN (${temporary}) AND c.typnamespace NOT IN (
      SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname ~ '^pg_temp_')`,
    ),
    // OWNED BY and DEPENDS ON EXTENSION are written nowhere else.
    written(
      'pg_depend',
      `c.deptype IN ('a', 'x', 'e') AND c.objid NOT IN (${temporary})
      AND c.refobjid NOT IN (${temporary})`,
    ),
    written('pg_database', 'c.datname = pg_catalog.current_database()'),
    written('pg_shdescription', `c.classoid = 'pg_catalog.pg_database'::pg_catalog.regclass`),
    `(SELECT pg_catalog.string_agg(pg_catalog.concat_ws(':', r.oid, r.rolname, r.rolsuper, r.rolinherit,
        r.rolcreaterole, r.rolcreatedb, r.rolreplication, r.rolbypassrls), ',' ORDER BY r.oid) FROM pg_catalog.pg_roles AS r)`,
    `(SELECT pg_catalog.string_agg(pg_catalog.concat_ws(':', m.umid, m.usename, m.umoptions), ',' ORDER BY m.umid)
      FROM pg_catalog.pg_user_mappings AS m)`,
    `(SELECT pg_catalog.string_agg(pg_catalog.concat_ws(':', s.oid, s.subname, s.subowner, s.subenabled, s.subslotname,
        s.subpublications), ',' ORDER BY s.oid) FROM pg_catalog.pg_subscription AS s)`,
  ];
  return `
WITH temporary AS MATERIALIZED (SELECT c.oid FROM pg_catalog.pg_class AS c WHERE c.relpersistence = 't')
SELECT pg_catalog.md5(pg_catalog.concat_ws('|', pg_catalog.current_database(), ${parts.join(',')})) AS mark`;
}
