import {quoteIdentifier, quoteWhereNeeded} from '../../sql/quote.ts';

/**
 * Words that may name a column and are quoted by the server all the same when it deparses. Those that PostgreSQL 16 and
 * later added (json_table, merge_action) are left out: the text means the same.
 * Source: https://www.postgresql.org/docs/current/sql-keywords-appendix.html ("non-reserved, cannot be function or type")
 */
const quotedByServer: ReadonlySet<string> = new Set(
  `between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int
  integer interval least national nchar none normalize nullif numeric out overlay position precision real row setof
  smallint substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest
  xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/),
);

/** @returns the name as `quote_ident` and `pg_get_indexdef` write it */
export function serverQuote(name: string): string {
  return quotedByServer.has(name) ? quoteIdentifier(name) : quoteWhereNeeded(name);
}

/** @returns `schema.name` as the server writes it */
export function serverName({schema, name}: {readonly schema: string; readonly name: string}): string {
  return `${serverQuote(schema)}.${serverQuote(name)}`;
}

/** @returns a text in single quotes that means the same whatever standard_conforming_strings is */
export function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? `E${quoted}` : quoted;
}
