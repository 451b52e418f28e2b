import {enumeratedInShort} from '../../words.ts';
import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {PartitionedTable, TableRow} from '../parts/tables.ts';
import {digits, many, momentWords, shortName} from '../words.ts';

/** A small table is read whole whatever its statistics say. */
const rowsThatMatter = 1000;
const bytesThatMatter = 512 * 1024;
/** Over few rows no plan goes wrong by much. */
const partitionRowsThatMatter = 10_000;
/** Of the rows of all partitions. */
const changedMuch = 0.2;
/** More than these are one finding: a restore or an upgrade left all of them so. */
const several = 5;
const hour = 3_600_000;
const manyChanges = 10_000;

export const check = defineCheck({
  id: 'table-never-analyzed',
  area: 'vacuum',
  title: 'Tables without statistics, or with old ones',
  page: {
    looks:
      'A table of 1,000 rows or 512 kB and more has no statistics, because neither ANALYZE nor autovacuum ever looked at it. More than half of its rows, and three times as many as should have called autovacuum, changed since an ANALYZE that is an hour old. A partitioned table of 10,000 rows and more was never analyzed itself, or a fifth of its rows changed since: autovacuum looks only at the partitions.',
    silent:
      'Small tables; a reset of the counters, which forgets when tables were analyzed and not their statistics.',
    sources: [
      'https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-STATISTICS',
      '`pg_class.reltuples`, `pg_stat_all_tables`',
    ],
  },
  needs: ['tables'],
  look({tables}, context) {
    // A standby has the primary’s statistics, and counts for itself when they were made.
    if (context.part('server')?.standby === true) return [];
    const never = tables.rows.filter(neverAnalyzed);
    const stale = tables.rows.filter(row => isStale(row, context.now));
    const found = never.length > several ? [together(never)] : never.map(alone);
    return [...found, ...stale.map(outOfDate), ...(tables.partitioned ?? []).flatMap(ofPartitioned)];
  },
});

/** Before 14 an unknown number of rows was 0; since then it is absent until the first VACUUM, ANALYZE or CREATE INDEX. */
function neverAnalyzed(row: TableRow): boolean {
  if (row.kind === 'toast' || row.lastAnalyze !== undefined || row.lastAutoanalyze !== undefined)
    return false;
  if (row.live < rowsThatMatter && row.heapBytes < bytesThatMatter) return false;
  return row.rows === undefined || (row.live > 0 && row.modifiedSinceAnalyze >= row.live);
}

/** Autovacuum comes within minutes where it can, so an hour later it cannot. */
function isStale(row: TableRow, now: number): boolean {
  const {analyzeAt, modifiedSinceAnalyze: modified, rows = 0, lastAnalyze = 0, lastAutoanalyze = 0} = row;
  const last = Math.max(lastAnalyze, lastAutoanalyze);
  if (row.kind === 'toast' || last === 0 || now - last < hour || analyzeAt === undefined) return false;
  return modified >= manyChanges && modified >= 3 * analyzeAt && modified >= rows / 2;
}

function outOfDate(row: TableRow): Found {
  return {
    severity: 'warning',
    subject: {kind: 'table', schema: row.schema, name: row.name},
    what: `The statistics of ${shortName(row)} are old: ${digits(row.modifiedSinceAnalyze)} rows changed since`,
    why: `Autovacuum should have analyzed it at ${digits(row.analyzeAt ?? 0)} changed rows, and did not. The planner counts with rows and values that are no more.`,
    fix: 'Run ANALYZE, and look why autovacuum does not come: its workers are busy with other tables, or are ended by locks on this one again and again.',
    evidence: [
      `It had ${digits(row.rows ?? 0)} rows then. Last ANALYZE: ${momentWords(row.lastAnalyze)}; by autovacuum: ${momentWords(row.lastAutoanalyze)}.`,
    ],
    actions: [{kind: 'maintain', command: 'analyze', object: {schema: row.schema, name: row.name}}],
  };
}

const why =
  'Without statistics the planner guesses: how many rows there are from the size, and how many fit a condition from fixed shares. Joins and sorts are then planned for a fraction or a multiple of what comes.';

function alone(row: TableRow): Found {
  return {
    severity: 'warning',
    subject: {kind: 'table', schema: row.schema, name: row.name},
    what: `${shortName(row)} was never analyzed`,
    why,
    fix: 'Run ANALYZE. Autovacuum does it within minutes where it is on for the table and the rows came lately; after a restore or an upgrade run it at once, for the whole database.',
    evidence: [sizeOf(row)],
    actions: [{kind: 'maintain', command: 'analyze', object: {schema: row.schema, name: row.name}}],
  };
}

function together(rows: readonly TableRow[]): Found {
  const largest = rows.toSorted((a, b) => b.bytes - a.bytes);
  return {
    severity: 'warning',
    what: `${digits(rows.length)} tables were never analyzed`,
    why: `${why} That so many are concerned is what pg_upgrade before 18, pg_restore and a copy of the data leave behind.`,
    fix: 'Run ANALYZE for the whole database.',
    evidence: [`${enumeratedInShort(largest.map(shortName))}.`, sizeOf(largest[0])],
    actions: [{kind: 'maintain', command: 'analyze'}],
  };
}

function sizeOf(row: TableRow | undefined): string {
  if (row === undefined) return '';
  return `${shortName(row)} has ${formatBytes(row.heapBytes)} and ${digits(row.live)} rows by the counters, and no ANALYZE in them.`;
}

function ofPartitioned(table: PartitionedTable): readonly Found[] {
  const {rows, partitionRows, modifiedSinceAnalyze, lastAnalyze} = table;
  if (partitionRows < partitionRowsThatMatter) return [];
  const stale =
    lastAnalyze !== undefined && Math.abs(partitionRows - (rows ?? 0)) > changedMuch * partitionRows;
  if (rows !== undefined && !stale) return [];
  return [
    {
      severity: 'information',
      subject: {kind: 'table', schema: table.schema, name: table.name},
      what:
        rows === undefined
          ? `The partitioned table ${shortName(table)} was never analyzed itself`
          : `The statistics of the partitioned table ${shortName(table)} are old`,
      why: 'Autovacuum analyzes the partitions and never the table above them. Plans that join or group over all partitions want statistics of the whole, and guess without.',
      fix: 'Run ANALYZE on it by a schedule, such as after a partition is added. It reads a sample of every partition.',
      evidence: [
        rows === undefined
          ? `It has ${many(partitionRows, 'row')} in ${many(table.partitions, 'partition')}.`
          : `It had ${digits(rows)} rows at its last ANALYZE, and its partitions have ${digits(partitionRows)}, ${digits(modifiedSinceAnalyze)} of them changed since their own.`,
      ],
      actions: [{kind: 'maintain', command: 'analyze', object: {schema: table.schema, name: table.name}}],
    },
  ];
}
