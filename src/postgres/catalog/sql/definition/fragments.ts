/**
 * Pieces of SQL that write SQL. Names go through %I and values through %L of `format`, so the server itself decides
 * what needs quotes.
 */

/** @returns an expression: the options of a `text[]` such as reloptions as `fillfactor=70, autovacuum_enabled=false`. */
export function optionsSql(array: string, prefix = ''): string {
  return `(SELECT pg_catalog.string_agg(pg_catalog.format('${prefix}%I=%s', o.option_name,
    CASE WHEN pg_catalog.regexp_match(o.option_value, '^(-?[0-9]+(\\.[0-9]+)?|true|false|on|off|auto|local|cascaded)$') IS NULL
      THEN pg_catalog.quote_literal(o.option_value) ELSE o.option_value END), ', ')
    FROM pg_catalog.pg_options_to_table(${array}) AS o)`;
}

/** @returns an expression: the options of a foreign object as `OPTIONS (user 'me', ...)`, or null. */
export function foreignOptionsSql(array: string): string {
  return `(SELECT pg_catalog.format('OPTIONS (%s)', pg_catalog.string_agg(
    pg_catalog.format('%I %L', o.option_name, o.option_value), ', '))
    FROM pg_catalog.pg_options_to_table(${array}) AS o HAVING pg_catalog.count(*) > 0)`;
}

/**
 * @param what such as `'TRIGGER %I ON %s'`, with `args` for its places
 * @returns an expression: a COMMENT statement, or null without a comment
 */
export function commentSql(comment: string, what: string, args: string): string {
  return `CASE WHEN ${comment} IS NOT NULL
    THEN pg_catalog.format('COMMENT ON ${what} IS %L;', ${args}, ${comment}) END`;
}

/**
 * @param alias of a pg_sequence row
 * @returns an expression: what differs from the defaults of a sequence of its type, or an empty text
 * Source: https://www.postgresql.org/docs/current/sql-createsequence.html
 */
export function sequenceOptionsSql(s: string): string {
  const up = `${s}.seqincrement > 0::int8`;
  const limit = `(CASE ${s}.seqtypid WHEN '21'::oid THEN 32767::int8 WHEN '23'::oid THEN 2147483647::int8
    ELSE 9223372036854775807::int8 END)`;
  return `pg_catalog.concat_ws(' ',
    CASE WHEN ${s}.seqstart <> CASE WHEN ${up} THEN ${s}.seqmin ELSE ${s}.seqmax END
      THEN pg_catalog.format('START WITH %s', ${s}.seqstart) END,
    CASE WHEN ${s}.seqincrement <> 1::int8 THEN pg_catalog.format('INCREMENT BY %s', ${s}.seqincrement) END,
    CASE WHEN ${s}.seqmin <> CASE WHEN ${up} THEN 1::int8 ELSE -${limit} - 1::int8 END
      THEN pg_catalog.format('MINVALUE %s', ${s}.seqmin) END,
    CASE WHEN ${s}.seqmax <> CASE WHEN ${up} THEN ${limit} ELSE -1::int8 END
      THEN pg_catalog.format('MAXVALUE %s', ${s}.seqmax) END,
    CASE WHEN ${s}.seqcache <> 1::int8 THEN pg_catalog.format('CACHE %s', ${s}.seqcache) END,
    CASE WHEN ${s}.seqcycle THEN 'CYCLE' END)`;
}
