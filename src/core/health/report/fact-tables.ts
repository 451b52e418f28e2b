import {grouped} from '../../grouped.ts';
import {formatBytes} from '../../catalog/format.ts';
import {partOf} from '../assess.ts';
import type {Reading} from '../parts.ts';
import type {Block, Table} from './blocks.ts';

/** Rows of each table: the report is to be read, the panel is there to search in. */
const most = 20;
/** Characters of a query. */
const longest = 120;

/** @returns the figures that a runbook asks for by hand: sessions, slow queries, the largest tables, indexes by use */
export function factTables(reading: Reading): readonly Block[] {
  return [sessions, statements, tables, indexes].flatMap(make => make(reading));
}

function sessions(reading: Reading): readonly Block[] {
  const part = partOf(reading, 'sessions');
  if (!part) return [];
  const clients = part.rows.filter(({kind}) => kind === 'client backend');
  const groups = grouped(clients, ({application, state}) => JSON.stringify([application, state ?? 'hidden']));
  const rows = [...groups.values()]
    .map(group => [group[0]?.application ?? '', group[0]?.state ?? 'hidden', String(group.length)])
    .toSorted((a, b) => Number(b[2]) - Number(a[2]));
  return [
    heading(`Connections: ${clients.length} of ${part.maxConnections}`),
    table(['Application', 'State'], ['Sessions'], rows),
  ];
}

function statements(reading: Reading): readonly Block[] {
  const rows = partOf(reading, 'statements')?.rows ?? [];
  if (rows.length === 0) return [];
  return [
    heading('Statements by total time'),
    table(
      ['Statement'],
      ['Calls', 'Total ms', 'Mean ms', 'Rows'],
      rows.map(({query, calls, totalMs, meanMs, rows}) => [
        oneLine(query ?? 'hidden from this role'),
        String(calls),
        totalMs.toFixed(0),
        meanMs.toFixed(2),
        String(rows),
      ]),
    ),
  ];
}

function tables(reading: Reading): readonly Block[] {
  const rows = (partOf(reading, 'tables')?.rows ?? []).filter(({kind}) => kind !== 'toast');
  if (rows.length === 0) return [];
  return [
    heading('Tables by size'),
    table(
      ['Table'],
      ['Size', 'Indexes', 'Rows', 'Dead rows', 'Last vacuum', 'Last analyze'],
      rows
        .toSorted((a, b) => b.bytes - a.bytes)
        .map(row => [
          `${row.schema}.${row.name}`,
          formatBytes(row.bytes),
          formatBytes(row.indexBytes),
          row.rows === undefined ? 'unknown' : String(row.rows),
          String(row.dead),
          day(row.lastVacuum, row.lastAutovacuum),
          day(row.lastAnalyze, row.lastAutoanalyze),
        ]),
    ),
  ];
}

function indexes(reading: Reading): readonly Block[] {
  const rows = partOf(reading, 'indexes')?.indexes ?? [];
  if (rows.length === 0) return [];
  return [
    heading('Indexes by size'),
    table(
      ['Index', 'Table'],
      ['Size', 'Scans', 'Entries read'],
      rows
        .toSorted((a, b) => b.bytes - a.bytes)
        .map(({schema, name, table, bytes, scans, tuplesRead}) => [
          `${schema}.${name}`,
          table,
          formatBytes(bytes),
          String(scans),
          String(tuplesRead),
        ]),
    ),
  ];
}

function heading(text: string): Block {
  return {kind: 'heading', level: 2, text};
}

function table(
  words: readonly string[],
  numbers: readonly string[],
  rows: readonly (readonly string[])[],
): Table {
  return {
    kind: 'table',
    columns: [
      ...words.map(label => ({label, align: 'start' as const})),
      ...numbers.map(label => ({label, align: 'end' as const})),
    ],
    rows: rows.slice(0, most),
  };
}

function oneLine(query: string): string {
  const line = query.replaceAll(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

function day(...moments: readonly (number | undefined)[]): string {
  const last = Math.max(...moments.map(moment => moment ?? 0));
  return last === 0 ? 'never' : new Date(last).toISOString().slice(0, 16).replace('T', ' ');
}
