import {counted} from '../words.ts';

/** The rows of one table as texts. */
export interface TableRows {
  /** Quoted and qualified. */
  readonly table: string;
  readonly columns: readonly ColumnOfRows[];
  /** In the order in which they were written. */
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface ColumnOfRows {
  /** Quoted. */
  readonly name: string;
  /** Its default draws something at random, which is another value each time. */
  readonly random: boolean;
  /** GENERATED ALWAYS AS IDENTITY: a value needs OVERRIDING SYSTEM VALUE. */
  readonly identity: boolean;
  /** A moment: `timestamp`, `timestamptz`, `date` or a time. */
  readonly moment: boolean;
}

export interface SequencePosition {
  /** Quoted and qualified. */
  readonly name: string;
  readonly last: string;
  readonly called: boolean;
}

/** What migrations put into a database besides its schema. */
export interface DatabaseRows {
  readonly tables: readonly TableRows[];
  readonly sequences: readonly SequencePosition[];
}

/**
 * Rows count as equal whatever their order. A moment of the last day counts as “when it ran”, and what a default draws at
 * random as drawn.
 * @param now milliseconds since 1970
 * @returns a sentence for each table and sequence that differs
 */
export function rowDifferences(expected: DatabaseRows, made: DatabaseRows, now: number): readonly string[] {
  const tables = pairs(expected.tables, made.tables, ({table}) => table).flatMap(([name, one, other]) => {
    const [before, after] = [one, other].map(rows => (rows ? meaning(rows, now) : []));
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    const [had, has] = [one?.rows.length ?? 0, other?.rows.length ?? 0];
    return had === has
      ? [`Rows of table ${name} differ: ${counted(had, 'row')} on both sides, with other values.`]
      : [`Table ${name} has ${counted(has, 'row')} and should have ${had}.`];
  });
  const sequences = pairs(expected.sequences, made.sequences, ({name}) => name).flatMap(
    ([name, one, other]) =>
      one?.last === other?.last && one?.called === other?.called
        ? []
        : [
            `Sequence ${name} stands at ${other?.last ?? 'nothing'} and should stand at ${one?.last ?? 'nothing'}.`,
          ],
  );
  return [...tables, ...sequences];
}

function pairs<T>(
  one: readonly T[],
  other: readonly T[],
  nameOf: (item: T) => string,
): readonly (readonly [string, T | undefined, T | undefined])[] {
  const [left, right] = [one, other].map(items => new Map(items.map(item => [nameOf(item), item])));
  const names = new Set([...one, ...other].map(nameOf));
  return [...names].map(name => [name, left?.get(name), right?.get(name)] as const);
}

/** Each row as one text, with the columns in the order of their names. */
function meaning({columns, rows}: TableRows, now: number): readonly string[] {
  const order = columns
    .map((column, index) => ({column, index}))
    .toSorted((a, b) => (a.column.name < b.column.name ? -1 : 1));
  return rows
    .map(row =>
      JSON.stringify(order.map(({column, index}) => [column.name, valueOf(column, row[index], now)])),
    )
    .toSorted();
}

function valueOf(column: ColumnOfRows, value: string | null | undefined, now: number): string | null {
  if (value === null || value === undefined) return null;
  if (column.random) return '(random)';
  return isRecent(column, value, now) ? '(when it ran)' : value;
}

const day = 86_400_000;

function isRecent({moment}: ColumnOfRows, value: string, now: number): boolean {
  if (!moment || !/^\d{4}-\d\d-\d\d/.test(value)) return false;
  const at = Date.parse(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
  return Math.abs(now - at) < day;
}

/** @returns the statements that write the rows, and set the sequences to where they stand */
export function rowStatements({tables, sequences}: DatabaseRows, now: number): readonly string[] {
  return [
    ...tables.filter(({rows}) => rows.length > 0).map(rows => insertOf(rows, now)),
    ...sequences.map(
      ({name, last, called}) =>
        `SELECT pg_catalog.setval('${name.replaceAll("'", "''")}', ${last}, ${called});`,
    ),
  ];
}

function insertOf({table, columns, rows}: TableRows, now: number): string {
  const overriding = columns.some(({identity}) => identity) ? ' OVERRIDING SYSTEM VALUE' : '';
  const lines = rows.map(
    row => `  (${columns.map((column, index) => literalOf(column, row[index] ?? null, now)).join(', ')})`,
  );
  const names = columns.map(({name}) => name).join(', ');
  return `INSERT INTO ${table} (${names})${overriding} VALUES\n${lines.join(',\n')};`;
}

function literalOf(column: ColumnOfRows, value: string | null, now: number): string {
  if (value === null) return 'NULL';
  if (isRecent(column, value, now)) return 'now()';
  return value.includes('\\')
    ? `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
    : `'${value.replaceAll("'", "''")}'`;
}
