import {formatBytes} from '../../catalog/format.ts';
import {defineCheck, type CheckContext} from '../check.ts';
import {columnsToIndex} from '../design/columns-to-index.ts';
import {readersOf, type TableReader} from '../design/table-readers.ts';
import type {Action, Found} from '../finding.ts';
import {createIndexMigrations} from '../indexes/create-migration.ts';
import type {IndexedTable, IndexesPart} from '../parts/indexes.ts';
import type {StatementsPart} from '../parts/statements.ts';
import {digits, msWords, percent, shortName, sinceWords} from '../words.ts';

/** A smaller table is read in some milliseconds, and is as a rule in the cache. */
const leastBytes = 8 * 1024 * 1024;
const leastRows = 10_000;
/** What a day's reports read does not matter; what is read every quarter of an hour does. */
const readsPerDay = 100;
/** About a second of work for one core. */
const rowsPerDay = 10_000_000;
/** Younger counters may hold nothing but a nightly job, or the first minutes after a deployment. */
const leastAge = 86_400_000;
/** Of the time of all statements: from here on it is felt. */
const muchTime = 0.05;

export const check = defineCheck({
  id: 'seq-scans-want-index',
  area: 'indexes',
  title: 'Large tables that are read from end to end again and again',
  needs: ['indexes'],
  page: {
    looks: `Tables of ${formatBytes(leastBytes)} and ${digits(leastRows)} rows or more that sequential scans read as a whole at least ${readsPerDay} times, and ${digits(rowsPerDay)} rows, in a day on average. With pg_stat_statements the statement is named that touches so many pages and returns few rows; when it alone takes ${percent(muchTime)} of the time of all statements it is a warning. Columns are proposed only for a statement of one table whose WHERE is a chain of comparisons with AND, where no index begins with one of them, and which returns few of the rows; for all others EXPLAIN is offered.`,
    silent:
      'Small tables; counters of less than a day; tables whose statements, as far as pg_stat_statements knows them, return much of the table or have no WHERE, because they want to read it as a whole; partitions, which are told at their parent.',
    sources: [
      'https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-TABLES-VIEW',
      'https://www.postgresql.org/docs/current/pgstatstatements.html',
      'pg_stat_all_tables.seq_tup_read, pg_stat_statements',
    ],
  },
  look({indexes: part}, context) {
    const age = part.since === undefined ? 0 : context.now - part.since;
    if (part.countersOff === true || age < leastAge) return [];
    const statements = context.part('statements');
    return part.tables
      .filter(table => table.parent === undefined && isReadOften(table, age / leastAge))
      .flatMap(table => found(part, table, statements, context));
  },
});

/** Workers of a parallel scan count as scans of their own, so the rows tell how often the whole was read. */
function wholeReads({rows = 0, seqRows}: IndexedTable): number {
  return rows > 0 ? seqRows / rows : 0;
}

function isReadOften(table: IndexedTable, days: number): boolean {
  const {rows = 0, bytes, seqRows} = table;
  return (
    bytes >= leastBytes &&
    rows >= leastRows &&
    wholeReads(table) >= readsPerDay * days &&
    seqRows >= rowsPerDay * days
  );
}

function found(
  part: IndexesPart,
  table: IndexedTable,
  statements: StatementsPart | undefined,
  {now}: CheckContext,
): readonly Found[] {
  const readers = statements ? readersOf(table, statements) : [];
  const wanting = readers.filter(reader => reader.selective);
  if (readers.length > 0 && wanting.length === 0) return [];
  const [first] = wanting;
  const columns = first && columnsToIndex(part, table, first);
  const time = statements?.totals.totalMs ?? 0;
  const share = first && time > 0 ? first.statement.totalMs / time : 0;
  const {schema, name, bytes, rows = 0, seqRows, seqScans} = table;
  return [
    {
      severity: share >= muchTime ? 'warning' : 'information',
      subject: {kind: 'table', schema, name},
      what: `${shortName(table)} was read from end to end ${digits(wholeReads(table))} times`,
      why: `Each time ${digits(rows)} rows in ${formatBytes(bytes)} are read${first ? `, most likely for “${inShort(first.statement.query)}”, which returns ${digits(first.statement.rows / first.statement.calls)} of them and takes ${msWords(first.statement.meanMs)}` : ''}.`,
      fix: fixOf(first, columns, statements),
      evidence: [
        `Sequential scans: ${digits(seqScans)}, which read ${digits(seqRows)} rows; index scans: ${digits(table.indexScans)}.`,
        sinceWords(part.since, now),
        ...(first
          ? [
              `The statement ran ${digits(first.statement.calls)} times, ${percent(share)} of the time of all statements, and touched ${digits((first.statement.blocksHit + first.statement.blocksRead) / first.statement.calls)} pages each time.`,
            ]
          : []),
      ],
      actions: first ? actionsOf(part, table, first, columns) : [],
    },
  ];
}

function fixOf(
  first: TableReader | undefined,
  columns: readonly string[] | undefined,
  statements: StatementsPart | undefined,
): string {
  if (columns)
    return `Index ${columns.join(', ')}: the statement compares nothing else, and no index begins with it.`;
  if (first)
    return 'Explain the statement: the plan shows which condition throws the rows away, and an index can be tried there.';
  return statements
    ? 'Find the statement that reads the table: none that pg_stat_statements knows explains it. It may have been forgotten, or run inside a function.'
    : 'Find the statement that reads the table: pg_stat_statements, once installed, tells which one it is.';
}

function actionsOf(
  part: IndexesPart,
  table: IndexedTable,
  {statement}: TableReader,
  columns: readonly string[] | undefined,
): readonly Action[] {
  const explain: Action = {kind: 'explain', statement: statement.id};
  if (!columns) return [explain];
  const title = `Index ${columns.join(', ')} of ${table.name}`;
  return [{kind: 'migration', title, migrations: createIndexMigrations(part, table, columns)}, explain];
}

const longest = 120;

function inShort(query: string): string {
  const line = query.replaceAll(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
