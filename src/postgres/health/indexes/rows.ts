import type {IndexedTable, IndexKey, IndexRow} from '../../../core/health/parts/indexes.ts';
import {numbers} from '../../schema/values.ts';
import {columnKey, deparsedKeys, rawKeys, type Vocabulary} from './keys.ts';
import type {RawIndex, RawKeyOptions, RawKeyTexts, RawTable} from './raw.ts';

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
  const {oid, name, method, bytes, scans, tuplesRead, tuplesFetched, blocksRead, blocksHit} = raw;
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
    unique: raw.unique === true,
    nullsNotDistinct: raw.nullsNotDistinct === true,
    valid: raw.invalid !== true,
    ready: raw.notReady !== true,
    ...constraintOf(raw),
    replicaIdentity: raw.replicaIdentity === true,
    clustered: raw.clustered === true,
    partitioned: raw.partitioned === true,
    options: raw.options ?? [],
    ...statisticsOf(raw, pieces),
    bytes,
    scans,
    tuplesRead,
    tuplesFetched,
    blocksRead,
    blocksHit,
    ...(raw.building === undefined ? {} : {building: raw.building}),
    ...(raw.parent === undefined ? {} : {parent: raw.parent}),
    ...(extension === undefined ? {} : {extension}),
    ...(raw.tablespace === undefined ? {} : {tablespace: raw.tablespace}),
    ...(raw.rows === undefined ? {} : {rows: raw.rows}),
    ...(raw.lastScan === undefined ? {} : {lastScan: raw.lastScan}),
    ...(raw.comment === undefined ? {} : {comment: raw.comment}),
  };
}

const unread = '(not read)';

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

function includeOf(raw: RawIndex, {vocabulary}: Pieces): readonly string[] {
  if (raw.keyCount === undefined) return none;
  const columns = vocabulary.columns.get(raw.table);
  return numbers(raw.columns)
    .slice(raw.keyCount)
    .map(number => columns?.get(number)?.name ?? unread);
}

const none: readonly string[] = [];

function predicateOf({oid, partial}: RawIndex, {predicates}: Pieces): Pick<IndexRow, 'predicate'> {
  return partial === true ? {predicate: predicates.get(oid) ?? unread} : {};
}

const constraintKinds = {p: 'primary-key', u: 'unique', x: 'exclusion'} as const;

function constraintOf(raw: RawIndex): Pick<IndexRow, 'constraint'> {
  const {constraint: name, constraintType: type} = raw;
  if (name === undefined || (type !== 'p' && type !== 'u' && type !== 'x')) return {};
  const deferred = raw.deferred === true ? {deferred: true} : {};
  return {
    constraint: {name, kind: constraintKinds[type], deferrable: raw.deferrable === true, ...deferred},
  };
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
