import type {LiveQuestion} from '../../../core/rehearse/live-questions.ts';

/** Columns of the primary key of a table ($1), in order. Valid on 14 to 18. */
export const keySql = `
SELECT pg_catalog.quote_ident(a.attname) AS name
FROM pg_catalog.pg_index i
  CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, nr)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
WHERE i.indrelid = pg_catalog.to_regclass($1) AND i.indisprimary AND k.nr <= i.indnkeyatts
ORDER BY k.nr`;

/**
 * Counts the rows that contradict, and names one by its key. Of a rehearsal all names and expressions are the server's
 * own texts from the schema that it led to. Those of a file (`writtenFor`) are parts of a statement that the parser has
 * taken apart; whoever asks has to trust the file.
 * @param key columns that name a row; without any, none is named
 */
export function offendersSql({table, ask}: LiveQuestion, key: readonly string[]): string {
  switch (ask.kind) {
    case 'rows':
      return `
SELECT count(*)::int8::text AS rows, (SELECT ${exampleOf(key, 't')} FROM ${table} AS t WHERE ${ask.condition} LIMIT 1) AS example
FROM ${table} AS t WHERE ${ask.condition}`;
    case 'duplicates': {
      const names = ask.columns.map((_, index) => `c${index}`);
      return `
SELECT coalesce(sum(n), 0)::int8::text AS rows, min(example) AS example FROM (
  SELECT count(*) AS n, ${shown(ask.columns)} AS example
  FROM ${table} AS t WHERE ${ask.where} GROUP BY ${ask.columns.join(', ')} HAVING count(*) > 1
) AS same${names.length > 0 ? '' : ' WHERE false'}`;
    }
    case 'cast':
      return `SELECT count((${ask.value ?? `t.${ask.column}`})::${ask.type})::text AS cast FROM ${table} AS t`;
    default:
      return ask satisfies never;
  }
}

/** Counts all rows, in the form of `offendersSql`. */
export function allRowsSql(table: string): string {
  return `SELECT count(*)::int8::text AS rows, NULL AS example FROM ${table} AS t`;
}

/**
 * @returns what lists the rows that offend, for people to go on with; undefined where no condition tells them
 * @param canTest the server knows `pg_input_is_valid`: from PostgreSQL 16 on
 */
export function offendingRowsSql({table, ask}: LiveQuestion, canTest: boolean): string | undefined {
  switch (ask.kind) {
    case 'rows':
      return `SELECT t.*\nFROM ${table} AS t\nWHERE ${ask.condition}`;
    case 'duplicates': {
      const columns = ask.columns.join(', ');
      return `SELECT ${columns}, count(*)\nFROM ${table} AS t\nWHERE ${ask.where}\nGROUP BY ${columns}\nHAVING count(*) > 1\nORDER BY count(*) DESC`;
    }
    case 'cast':
      return canTest && ask.value === undefined
        ? `SELECT t.*\nFROM ${table} AS t\nWHERE ${isInvalid(ask.column, ask.type)}`
        : undefined;
    default:
      return ask satisfies never;
  }
}

/** Rows whose text is none of the type's. Valid from PostgreSQL 16 on. */
export function invalidTextSql(table: string, column: string, type: string, key: readonly string[]): string {
  return offendersSql({what: '', table, ask: {kind: 'rows', condition: isInvalid(column, type)}}, key);
}

function isInvalid(column: string, type: string): string {
  return `NOT pg_catalog.pg_input_is_valid(t.${column}::text, '${type.replaceAll("'", "''")}')`;
}

function exampleOf(key: readonly string[], of: string): string {
  return key.length === 0
    ? 'NULL::text'
    : shown(
        key.map(column => `${of}.${column}`),
        key,
      );
}

function shown(expressions: readonly string[], names: readonly string[] = expressions): string {
  const parts = expressions.map((expression, index) => {
    const name = (names[index] ?? '').replaceAll("'", "''");
    return `'${name} = ' || coalesce((${expression})::text, 'NULL')`;
  });
  return parts.join(` || ', ' || `);
}

/** Which columns of tables ($1: a JSON array of `{table, column}`, without a column for the table) are not there. */
export const missingSql = `
SELECT w."table", w."column"
FROM ROWS FROM (pg_catalog.json_to_recordset($1::json) AS ("table" text, "column" text))
  WITH ORDINALITY AS w("table", "column", nr)
WHERE pg_catalog.to_regclass(w."table") IS NULL
  OR (w."column" IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = pg_catalog.to_regclass(w."table") AND a.attname = w."column" AND NOT a.attisdropped))
ORDER BY w.nr
LIMIT 1`;
