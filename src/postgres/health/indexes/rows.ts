import type {IndexedTable, IndexKey, IndexRow} from '../../../core/health/parts/indexes.ts';
import {columnKey, deparsedKeys, includedNumbers, rawKeys, type Vocabulary} from './keys.ts';
import {has, type RawIndex, type RawKeyOptions, type RawKeyTexts, type RawTable} from './raw.ts';

/** What a row of the panel is made of, by oid. */
export interface Pieces {
  readonly tables: ReadonlyMap<number, RawTable>;
  readonly vocabulary: Vocabulary;
  readonly texts: ReadonlyMap<number, RawKeyTexts>;
  readonly predicates: ReadonlyMap<number, string>;
  readonly exclusions: ReadonlyMap<number, string>;
  readonly keyOptions: ReadonlyMap<number, readonly RawKeyOptions[]>;
}

type Draft = {-readonly [N in keyof IndexRow]: IndexRow[N]};

/** @returns the row; nothing for an index of a table that went away between two statements */
export function toIndexRow(raw: RawIndex, pieces: Pieces): IndexRow | undefined {
  const table = pieces.tables.get(raw.table);
  if (!table) return undefined;
  const [bytes = 0, rows = -1, scans = 0, tuplesRead = 0, tuplesFetched = 0, blocksRead = 0, blocksHit = 0] =
    raw.numbers;
  const row: Draft = {
    oid: raw.oid,
    schema: table.schema,
    name: raw.name,
    table: table.name,
    tableOid: table.oid,
    method: raw.method,
    keys: keysOf(raw, pieces),
    include: includeOf(raw, pieces),
    unique: has(raw, 'unique'),
    nullsNotDistinct: has(raw, 'nullsNotDistinct'),
    valid: !has(raw, 'invalid'),
    ready: !has(raw, 'notReady'),
    replicaIdentity: has(raw, 'replicaIdentity'),
    clustered: has(raw, 'clustered'),
    partitioned: has(raw, 'partitioned'),
    options: raw.options ?? noOptions,
    bytes,
    scans,
    tuplesRead,
    tuplesFetched,
    blocksRead,
    blocksHit,
  };
  if (rows >= 0) row.rows = rows;
  fillRare(row, raw, pieces, table);
  return row;
}

function fillRare(row: Draft, raw: RawIndex, pieces: Pieces, table: RawTable): void {
  const extension = raw.extension ?? table.extension;
  const statistics = statisticsOf(raw, pieces);
  const constraint = constraintOf(raw, pieces);
  if (has(raw, 'partial')) row.predicate = pieces.predicates.get(raw.oid) ?? unread;
  if (constraint) row.constraint = constraint;
  if (statistics) row.statistics = statistics;
  if (isIncomplete(raw, pieces)) row.incomplete = true;
  if (has(raw, 'building')) row.building = true;
  if (raw.parent !== undefined) row.parent = raw.parent;
  if (extension !== undefined) row.extension = extension;
  if (raw.tablespace !== undefined) row.tablespace = raw.tablespace;
  if (raw.lastScan !== undefined) row.lastScan = raw.lastScan;
  if (raw.comment !== undefined) row.comment = raw.comment;
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

function constraintOf(raw: RawIndex, {exclusions}: Pieces): IndexRow['constraint'] {
  const kind = constraintKind(raw);
  if (kind === undefined) return undefined;
  const deferred = has(raw, 'deferred') ? {deferred: true} : {};
  const name = raw.constraint ?? raw.name;
  const text = exclusions.get(raw.oid) ?? '';
  const definition = text === '' ? {} : {definition: text};
  return {name, kind, deferrable: has(raw, 'deferrable'), ...deferred, ...definition};
}

function constraintKind(raw: RawIndex): NonNullable<IndexRow['constraint']>['kind'] | undefined {
  if (has(raw, 'primaryKey')) return 'primary-key';
  if (has(raw, 'uniqueConstraint')) return 'unique';
  return has(raw, 'exclusion') ? 'exclusion' : undefined;
}

function statisticsOf({oid}: RawIndex, {keyOptions}: Pieces): IndexRow['statistics'] {
  const set = keyOptions
    .get(oid)
    ?.flatMap(({number, statistics}) =>
      statistics === undefined ? [] : [{column: number, target: statistics}],
    );
  return set?.length === 0 ? undefined : set;
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
