import {keyText} from '../../src/core/health/indexes/definition.ts';
import {formatAge, formatBytes} from '../../src/core/catalog/format.ts';
import type {HealthFinding, Severity} from '../../src/core/health/finding.ts';
import type {IndexedTable, IndexRow} from '../../src/core/health/parts/indexes.ts';
import type {IndexView} from '../../src/protocol/index-panel.ts';

/** Every English text of the index panel that is not a column's. */
export const labels = {
  channelBroken: 'This page cannot talk to the extension. Close it and open it once more.',
  refresh: 'Refresh',
  cancel: 'Cancel',
  cancelling: 'Cancelling…',
  retry: 'Try Again',
  sampling: 'How often scans are counted',
  export: 'Export',
  findings: 'Findings',
  noFindings: 'Nothing to improve was found.',
  unseen: 'What could not be seen',
  why: 'Why?',
  whyHint: 'Opens the page about this check',
  evidence: 'What this rests on',
  undo: 'Undone by',
  reveal: 'Show in Tree',
  showInList: 'Show in List',
  drop: 'Write Migration to Drop',
  rebuild: 'Rebuild',
  measure: 'Measure Bloat',
  writeMigration: 'Write Migration',
  copyDefinition: 'Copy Definition',
  showIndexes: 'Show Its Indexes by Scans',
  onlyTable: 'Only This Table',
  copied: 'Copied.',
  filter: 'Filter',
  filterHint: 'Shows only indexes whose table, name or definition contain these words. Escape empties it.',
  schemas: 'Schema',
  allSchemas: 'All schemas',
  byFinding: 'Finding',
  anyFinding: 'All indexes',
  withFinding: 'With a finding',
  indexes: 'Indexes',
  details: 'Details of the index',
  loading: 'Fetching the list…',
  noMatch: 'No index is like that.',
  noneOfTable: 'This table has no indexes.',
  noIndexes: 'There are no indexes',
  noIndexesMore: 'No table of this database has one that this role may see.',
  showAll: 'Show All',
  select: 'Select an index to see what it serves, how it is used and what it is made of.',
  definition: 'Definition',
  serves: 'What it serves',
  onlyQueries: 'Nothing but queries, which it makes faster.',
  usage: 'Use',
  table: 'Its table',
  foreignKeys: 'Foreign keys of the table',
  noForeignKeys: 'The table references no other one.',
  relatives: 'Indexes with the same first columns',
  supported: 'supported by this index',
  otherwise: 'supported by another index',
  unsupported: 'no index supports it',
  gone: 'The list is older than this. Refresh it.',
  notAlone: 'It cannot be dropped by itself.',
  sampleHint: 'Turn live scans on above to see them as they happen.',
} as const;

export const severityNames = {error: 'Error', warning: 'Warning', information: 'Note'} as const;
const severityWords = {error: 'error', warning: 'warning', information: 'note'} as const;
export const severities = ['error', 'warning', 'information'] as const satisfies readonly Severity[];

/** @returns `1,204 indexes` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

export function indexCount(number: number): string {
  return count(number, 'index', 'indexes');
}

/** @returns `12,400`, and from ten millions on `12.4 M` */
export function figure(number: number): string {
  const [unit, size] = number >= 1e10 ? [' G', 1e9] : number >= 1e7 ? [' M', 1e6] : ['', 1];
  return `${(number / size).toLocaleString('en', {maximumFractionDigits: unit === '' ? 0 : 1})}${unit}`;
}

/** @returns `0.4`, `12`, `1,200` */
export function perSecond(rate: number): string {
  if (rate === 0) return '0';
  if (rate < 0.1) return '< 0.1';
  return rate < 10 ? rate.toFixed(1) : figure(Math.round(rate));
}

/** @returns `2 warnings, 3 notes`; empty for none */
export function severityCounts(findings: readonly HealthFinding[]): string {
  return severities
    .flatMap(severity => {
      const number = findings.filter(finding => finding.severity === severity).length;
      return number === 0 ? [] : [count(number, severityWords[severity])];
    })
    .join(', ');
}

export function verdict({connection, phase, last, findings}: IndexView, freeable: number): string {
  if (!last) {
    if (phase.kind === 'failed') return `The indexes of ${connection.name} could not be read`;
    if (phase.kind === 'cancelled') return 'Cancelled';
    return `Reading the indexes of ${connection.name}`;
  }
  if (last.indexes === 0) return `${connection.name} has no indexes`;
  const size = `${indexCount(last.indexes)}, ${formatBytes(last.bytes)}`;
  if (freeable > 0) return `${size}; ${formatBytes(freeable)} could be freed`;
  return findings.length === 0 ? `${size}; nothing to improve` : size;
}

/** @returns a group in one line: “12 indexes that nothing uses” */
export function groupTitle(title: string, number: number): string {
  const [first = '', second = ''] = title;
  const isWord = second === second.toLowerCase();
  return `${number.toLocaleString('en')} ${isWord ? first.toLowerCase() + title.slice(1) : title}`;
}

export function took(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toLocaleString('en', {maximumFractionDigits: 1})} s`;
}

/** @returns “today at 14:05”, “21 Nov 2026, 14:05” */
export function when(at: number, now: number): string {
  const time = new Intl.DateTimeFormat('en-GB', {timeStyle: 'short'}).format(at);
  const day = date(at);
  return day === date(now) ? `today at ${time}` : `${day}, ${time}`;
}

export function date(at: number): string {
  return new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium'}).format(at);
}

export function costWords({cost, at}: NonNullable<IndexView['last']>, now: number): string {
  return `Read ${when(at, now)}; the server worked ${took(cost.serverMs)} for it`;
}

export function retryWords(attempts: number, seconds: number): string {
  const again = seconds > 0 ? `trying again in ${count(seconds, 'second')}` : 'trying again now';
  return `The connection is lost; ${again}${attempts > 1 ? ` (attempt ${attempts})` : ''}.`;
}

export function shownOf(shown: number, all: number): string {
  const total = indexCount(all);
  return shown === all ? total : `${shown.toLocaleString('en')} of ${total}`;
}

/** @returns the name of a table as it is said: without the schema that everybody has. */
export function tableName({schema, table}: Pick<IndexRow, 'schema' | 'table'>): string {
  return schema === 'public' ? table : `${schema}.${table}`;
}

/** @returns keys, INCLUDE and predicate, as short as they can be told */
export function shape({method, keys, include, predicate, nullsNotDistinct}: IndexRow): string {
  const parts = [
    method === 'btree' ? '' : `${method} `,
    `(${keys.map(keyText).join(', ')})`,
    include.length > 0 ? ` INCLUDE (${include.join(', ')})` : '',
    nullsNotDistinct ? ' NULLS NOT DISTINCT' : '',
    predicate === undefined ? '' : ` WHERE ${predicate}`,
  ];
  return parts.join('');
}

/** @returns what is wrong with it; empty where nothing is */
export function stateWords({valid, building}: IndexRow): string {
  if (valid) return '';
  return building === true ? 'Being built' : 'Invalid';
}

export function percent(share: number): string {
  return `${(share * 100).toLocaleString('en', {maximumFractionDigits: share > 0.99 && share < 1 ? 2 : 0})} %`;
}

export function rateLabel(name: string, rate: number): string {
  return `Scans of ${name} in each second, ${perSecond(rate)} now`;
}

export function bloatWords({bytes, share, method}: NonNullable<IndexRow['bloat']>): string {
  const how = method === 'statistics' ? 'estimated from the planner’s statistics' : 'measured by pgstattuple';
  return `${formatBytes(bytes)}, ${percent(share)} of it, ${how}`;
}

/** @returns rows whose writing had to write the indexes of the table as well */
export function writesOf(table: IndexedTable | undefined): number | undefined {
  return table && table.inserted + Math.max(0, table.updated - table.hotUpdated) + table.deleted;
}

export function sinceWords(since: number, now: number): string {
  return `Counters since ${date(since)}, ${formatAge(new Date(since), new Date(now))}`;
}

export function elapsed(milliseconds: number): string {
  return `${(Math.max(0, milliseconds) / 1000).toFixed(1)} s`;
}

export function noIndexesText(tables: number): string {
  return tables === 0
    ? 'This database has no tables that this role may see.'
    : `${count(tables, 'table')} of this database ${tables === 1 ? 'has' : 'have'} none, not even a primary key.`;
}
