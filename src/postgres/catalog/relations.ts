import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import {filterPattern} from '../../core/catalog/filter.ts';
import {pageOf, type Page, type PageRequest} from '../../core/catalog/page.ts';
import type {Persistence, Relation, RelationKind, RowEstimate, Size} from '../../core/catalog/relation.ts';
import type {Queryable} from '../../core/session.ts';
import {readRows, type ReadOptions} from './read.ts';
import {named, number} from './shapes.ts';
import {measuresSql, partitionsPageSql, relationsPageSql, relationsSql} from './sql/relations.ts';

export interface RelationRequest extends PageRequest, ReadOptions {
  readonly kinds: readonly RelationKind[];
}

export interface PartitionRequest extends PageRequest, ReadOptions {}

const row = z.object({
  ...named,
  kind: z.enum(['r', 'p', 'v', 'm', 'f']),
  persistence: z.enum(['p', 'u', 't']),
  rowSecurity: z.boolean(),
  forcedRowSecurity: z.boolean(),
  populated: z.boolean(),
  inherits: z.boolean(),
  hasPrimaryKey: z.boolean(),
  strategy: z.enum(['r', 'l', 'h']).exactOptional(),
  partitions: number,
  server: z.string().exactOptional(),
  rows: number.exactOptional(),
  bytes: number,
});
type RelationRow = z.infer<typeof row>;

const measure = z.object({oid: number, bytes: number.exactOptional(), bound: z.string().exactOptional()});
type Measure = z.infer<typeof measure>;

const codes = {
  table: 'r',
  'partitioned-table': 'p',
  view: 'v',
  'materialized-view': 'm',
  'foreign-table': 'f',
} as const satisfies Record<RelationKind, string>;

const strategies = {r: 'range', l: 'list', h: 'hash'} as const;
const persistences = {p: 'permanent', u: 'unlogged', t: 'temporary'} as const satisfies Record<
  string,
  Persistence
>;

/**
 * A page of a schema's relations; partitions belong to their parent and are left out.
 * Never waits for a lock: what cannot be measured at once is estimated.
 */
export async function listRelations(
  db: Queryable,
  schema: string,
  request: RelationRequest,
): Promise<Outcome<Page<Relation>>> {
  const {kinds, after, limit, filter} = request;
  const params = [
    schema,
    kinds.map(kind => codes[kind]),
    after?.name ?? null,
    limit + 1,
    filterPattern(filter),
  ];
  return readPage(db, relationsSql(relationsPageSql), params, request);
}

/** A page of the direct partitions of a partitioned table. @param parent oid of the partitioned table */
export async function listPartitions(
  db: Queryable,
  parent: number,
  request: PartitionRequest,
): Promise<Outcome<Page<Relation>>> {
  const {after, limit, filter} = request;
  const params = [
    parent,
    ['r', 'p', 'f'],
    after?.name ?? null,
    limit + 1,
    filterPattern(filter),
    after?.oid ?? null,
  ];
  return readPage(db, relationsSql(partitionsPageSql), params, request);
}

async function readPage(
  db: Queryable,
  sql: string,
  params: readonly unknown[],
  request: PageRequest & ReadOptions,
): Promise<Outcome<Page<Relation>>> {
  const read = await readRows(db, sql, params, row, request);
  if (!read.ok) return read;
  const page = pageOf(read.value, request.limit);
  const measures = await readMeasures(db, page.items, request);
  if (!measures.ok) return measures;
  const items = page.items.map(item => toRelation(item, measures.value.get(item.oid)));
  return ok({...page, items});
}

/** What could not be measured is absent; a lock taken since the list of locks was read leaves all of it absent. */
async function readMeasures(
  db: Queryable,
  rows: readonly RelationRow[],
  {signal}: ReadOptions,
): Promise<Outcome<ReadonlyMap<number, Measure>>> {
  const oids = rows.filter(({kind}) => kind !== 'v').map(({oid}) => oid);
  if (oids.length === 0) return ok(new Map());
  const read = await readRows(db, measuresSql, [oids], measure, {
    lockTimeout: 100,
    ...(signal ? {signal} : {}),
  });
  if (!read.ok) return read.failure.reason === 'locked' ? ok(new Map()) : read;
  return ok(new Map(read.value.map(item => [item.oid, item])));
}

function toRelation(row: RelationRow, measure: Measure | undefined): Relation {
  const {oid, schema, name, owner} = row;
  const base = {oid, schema, name, owner, ...(row.comment === undefined ? {} : {comment: row.comment})};
  const stored = {...base, rows: estimate(row), size: size(row, measure)};
  const bound = measure?.bound === undefined ? {} : {bound: measure.bound};
  const table = {
    ...stored,
    ...bound,
    persistence: persistences[row.persistence],
    rowSecurity: security(row),
    hasPrimaryKey: row.hasPrimaryKey,
  };
  switch (row.kind) {
    case 'r':
      return {kind: 'table', ...table, inherits: row.inherits};
    case 'p':
      return {
        kind: 'partitioned-table',
        ...table,
        strategy: strategies[row.strategy ?? 'r'],
        partitions: row.partitions,
      };
    case 'v':
      return {kind: 'view', ...base};
    case 'm':
      return {kind: 'materialized-view', ...stored, populated: row.populated};
    case 'f':
      return {kind: 'foreign-table', ...base, ...bound, rows: stored.rows, server: row.server ?? ''};
    default:
      return row.kind satisfies never;
  }
}

function estimate({rows}: RelationRow): RowEstimate {
  return rows === undefined ? {kind: 'unknown'} : {kind: 'estimated', rows: Math.round(rows)};
}

function size(row: RelationRow, measure: Measure | undefined): Size {
  return measure?.bytes === undefined
    ? {kind: 'estimated', bytes: row.bytes}
    : {kind: 'measured', bytes: measure.bytes};
}

function security({rowSecurity, forcedRowSecurity}: RelationRow): 'off' | 'on' | 'forced' {
  if (!rowSecurity) return 'off';
  return forcedRowSecurity ? 'forced' : 'on';
}
