import type {IndexedTable, IndexKey, IndexRow} from '../../../core/health/parts/indexes.ts';
import {columnKey, deparsedKeys, includedNumbers, rawKeys, type Vocabulary} from './keys.ts';
import {has, numbersOf, type RawIndex, type RawKeyOptions, type RawKeyTexts, type RawTable} from './raw.ts';

/** What a row of the panel is made of, by oid. */
export interface Pieces {
  readonly tables: ReadonlyMap<number, RawTable>;
  readonly vocabulary: Vocabulary;
  readonly texts: ReadonlyMap<number, RawKeyTexts>;
  readonly predicates: ReadonlyMap<number, string>;
  readonly keyOptions: ReadonlyMap<number, readonly RawKeyOptions[]>;
}

/** @returns the row; nothing for an index of a table that went away between two statements */
export function toIndexRow(raw: RawIndex, pieces: Pieces): IndexRow | undefined {
  const table = pieces.tables.get(raw.table);
  if (!table) return undefined;
  const {oid, name, method} = raw;
  const extension = raw.extension ?? table.extension;
  return {
    oid,
    schema: table.schema,
    name,
    table: table.name,
    tableOid: table.oid,
    method,
    keys: keysOf(raw, pieces),
    include: includeOf(raw, pieces),
    ...predicateOf(raw, pieces),
    unique: has(raw, 'unique'),
    nullsNotDistinct: has(raw, 'nullsNotDistinct'),
    valid: !has(raw, 'invalid'),
    ready: !has(raw, 'notReady'),
    ...constraintOf(raw),
    replicaIdentity: has(raw, 'replicaIdentity'),
    clustered: has(raw, 'clustered'),
    partitioned: has(raw, 'partitioned'),
    options: raw.options ?? noOptions,
    ...statisticsOf(raw, pieces),
    ...numbersOf(raw),
    ...(isIncomplete(raw, pieces) ? {incomplete: true} : {}),
    ...(has(raw, 'building') ? {building: true} : {}),
    ...(raw.parent === undefined ? {} : {parent: raw.parent}),
    ...(extension === undefined ? {} : {extension}),
    ...(raw.tablespace === undefined ? {} : {tablespace: raw.tablespace}),
    ...(raw.lastScan === undefined ? {} : {lastScan: raw.lastScan}),
    ...(raw.comment === undefined ? {} : {comment: raw.comment}),
  };
}

const unread = '(not read)';
const noOptions: readonly string[] = [];

function keysOf(raw: RawIndex, {vocabulary, texts}: Pieces): readonly IndexKey[] {
  const keys = rawKeys(raw);
  const deparsed = texts.get(raw.oid);
  if (deparsed) return deparsedKeys(keys, deparsed);
  const columns = vocabulary.columns.get(raw.table);
  return keys.map(key => {
    const column = columns?.get(key.number);
    return column
      ? columnKey(key, column, vocabulary)
      : {text: unread, descending: (key.direction & 1) !== 0, nullsFirst: (key.direction & 2) !== 0};
  });
}

function isIncomplete(raw: RawIndex, {texts, predicates}: Pieces): boolean {
  return (
    (has(raw, 'expressions') && !texts.has(raw.oid)) || (has(raw, 'partial') && !predicates.has(raw.oid))
  );
}

function includeOf(raw: RawIndex, {vocabulary}: Pieces): readonly string[] {
  const columns = vocabulary.columns.get(raw.table);
  return includedNumbers(raw).map(number => columns?.get(number)?.name ?? unread);
}

function predicateOf(raw: RawIndex, {predicates}: Pieces): Pick<IndexRow, 'predicate'> {
  return has(raw, 'partial') ? {predicate: predicates.get(raw.oid) ?? unread} : {};
}

function constraintOf(raw: RawIndex): Pick<IndexRow, 'constraint'> {
  const kind = constraintKind(raw);
  if (kind === undefined) return {};
  const deferred = has(raw, 'deferred') ? {deferred: true} : {};
  const name = raw.constraint ?? raw.name;
  return {constraint: {name, kind, deferrable: has(raw, 'deferrable'), ...deferred}};
}

function constraintKind(raw: RawIndex): NonNullable<IndexRow['constraint']>['kind'] | undefined {
  if (has(raw, 'primaryKey')) return 'primary-key';
  if (has(raw, 'uniqueConstraint')) return 'unique';
  return has(raw, 'exclusion') ? 'exclusion' : undefined;
}

function statisticsOf({oid}: RawIndex, {keyOptions}: Pieces): Pick<IndexRow, 'statistics'> {
  const set = (keyOptions.get(oid) ?? []).flatMap(({number, statistics}) =>
    statistics === undefined ? [] : [{column: number, target: statistics}],
  );
  return set.length === 0 ? {} : {statistics: set};
}

const tableKinds: Readonly<Record<string, IndexedTable['kind']>> = {
  r: 'table',
  p: 'partitioned-table',
  m: 'materialized-view',
};
const identities: Readonly<Record<string, IndexedTable['replicaIdentity']>> = {
  d: 'default',
  n: 'nothing',
  f: 'full',
  i: 'index',
};

/** @param indexScans of all its indexes, as pg_stat_all_tables counts them */
export function toTable(raw: RawTable, indexScans: number): IndexedTable {
  return {
    ...raw,
    kind: tableKinds[raw.kind] ?? 'table',
    replicaIdentity: identities[raw.replicaIdentity] ?? 'default',
    indexScans,
  };
}
