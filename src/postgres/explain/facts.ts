import * as z from 'zod';
import type {CatalogFacts, ForeignKeyFacts, TableFacts} from '../../core/explain/facts.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable, Signal} from '../../core/session.ts';
import {readRow, readRows, type ReadOptions} from '../catalog/read.ts';
import {number} from '../catalog/shapes.ts';
import {foreignKeysSql, resolveSql, serverSql, tablesSql} from './sql/facts.ts';

/** What to look up: the relations and constraints that a plan names. A null schema means along the search path. */
export interface AskedFacts {
  readonly relations: readonly {readonly schema: string | null; readonly name: string}[];
  readonly constraints: readonly string[];
}

/** The settings that findings reckon with. */
const settingNames =
  `work_mem hash_mem_multiplier jit jit_above_cost jit_inline_above_cost jit_optimize_above_cost
  max_parallel_workers max_parallel_workers_per_gather max_worker_processes random_page_cost seq_page_cost
  effective_cache_size default_statistics_target join_collapse_limit from_collapse_limit enable_partition_pruning
  block_size autovacuum`.split(/\s+/);

const kinds = {
  r: 'table',
  p: 'partitioned-table',
  m: 'materialized-view',
  f: 'foreign-table',
} as const satisfies Record<string, TableFacts['kind']>;

const named = {schema: z.string(), name: z.string()};
const optionalNumber = z.number().nullish();

const indexShape = z.object({
  ...named,
  method: z.string(),
  unique: z.boolean(),
  valid: z.boolean(),
  keys: z.array(
    z.object({
      column: z.string().exactOptional(),
      expression: z.string().exactOptional(),
      descending: z.boolean(),
    }),
  ),
  include: z.array(z.string()),
  predicate: z.string().nullable(),
  definition: z.string(),
});

const columnShape = z.object({
  name: z.string(),
  type: z.string(),
  notNull: z.boolean(),
  statisticsTarget: optionalNumber,
  statistics: z
    .object({
      nullFraction: z.number(),
      width: z.number(),
      distinct: z.number(),
      correlation: z.number().nullable(),
    })
    .nullable(),
});

const extendedShape = z.object({name: z.string(), columns: z.array(z.string()), kinds: z.array(z.string())});

const tableShape = z.object({
  ...named,
  kind: z.enum(['r', 'p', 'm', 'f']),
  rows: number.exactOptional(),
  pages: number.default(0),
  allVisiblePages: number.default(0),
  liveRows: number.default(0),
  deadRows: number.default(0),
  changedSinceAnalyze: number.default(0),
  lastAnalyze: number.exactOptional(),
  lastVacuum: number.exactOptional(),
  partitionOf: z.object(named).exactOptional(),
  partitionKey: z.array(z.string()).exactOptional(),
  indexes: z.array(indexShape).default([]),
  columns: z.array(columnShape).default([]),
  extendedStatistics: z.array(extendedShape).default([]),
  namesTaken: z.array(z.string()),
});
type TableRow = z.infer<typeof tableShape>;

const foreignKeyShape = z.object({
  constraint: z.string(),
  ...named,
  columns: z.array(z.string()),
  referencedSchema: z.string(),
  referencedName: z.string(),
  referencedColumns: z.array(z.string()),
  indexed: z.boolean(),
});

const serverShape = z.object({
  serverVersion: number,
  now: number,
  settings: z.record(z.string(), z.string()).default({}),
});

/**
 * Reads what the catalog knows of the tables in a plan: four statements at most, on 14 to 18 and the embedded server.
 * Nothing waits for a lock: a table that somebody holds in ACCESS EXCLUSIVE mode comes without its indexes' SQL. What
 * is missing, dropped meanwhile or not for this user's eyes is absent; ages are by the server's clock.
 * @param session outside of a transaction block: settings of the reading would last as long as the block
 * @param asked what `askedFacts` found in the plan
 * @returns tables with the partitioned tables above them; a failure only when the server does not answer
 */
export async function readPlanFacts(
  session: Queryable,
  asked: AskedFacts,
  signal?: Signal,
): Promise<Outcome<CatalogFacts>> {
  const options = signal ? {signal} : {};
  const server = await readRow(session, serverSql, [settingNames], serverShape, options);
  if (!server.ok) return server;
  const tables = await readTables(session, asked, options);
  if (!tables.ok) return tables;
  const foreignKeys = await readForeignKeys(session, asked.constraints, options);
  if (!foreignKeys.ok) return foreignKeys;
  const {serverVersion = 0, now = 0, settings = {}} = server.value ?? {};
  return ok({serverVersion, now, settings, tables: tables.value, foreignKeys: foreignKeys.value});
}

async function readTables(
  session: Queryable,
  {relations, constraints}: AskedFacts,
  options: ReadOptions,
): Promise<Outcome<readonly TableFacts[]>> {
  if (relations.length === 0 && constraints.length === 0) return ok([]);
  const names = [relations.map(({schema}) => schema), relations.map(({name}) => name), constraints];
  const found = await readRows(session, resolveSql, names, z.object({oid: number}), {
    ...options,
    searchPath: 'session',
  });
  if (!found.ok) return found;
  const oids = found.value.map(({oid}) => oid);
  const read = await readRows(session, tablesSql, [oids, true], tableShape, {...options, lockTimeout: 100});
  // Somebody took a lock after the list of locks was read: everything but the deparsed SQL needs none.
  const rows =
    !read.ok && read.failure.reason === 'locked'
      ? await readRows(session, tablesSql, [oids, false], tableShape, options)
      : read;
  return rows.ok ? ok(rows.value.map(toTable)) : rows;
}

function toTable({kind, indexes, columns, ...row}: TableRow): TableFacts {
  return {
    ...row,
    kind: kinds[kind],
    indexes: indexes.map(({predicate, ...index}) => ({...index, ...(predicate === null ? {} : {predicate})})),
    columns: columns.map(toColumn),
  };
}

function toColumn(row: z.infer<typeof columnShape>): TableFacts['columns'][number] {
  const {name, type, notNull, statisticsTarget, statistics} = row;
  return {
    name,
    type,
    notNull,
    ...(typeof statisticsTarget === 'number' ? {statisticsTarget} : {}),
    ...(statistics ? {statistics: toStatistics(statistics)} : {}),
  };
}

function toStatistics({
  correlation,
  ...statistics
}: NonNullable<z.infer<typeof columnShape>['statistics']>): NonNullable<
  TableFacts['columns'][number]['statistics']
> {
  return {...statistics, ...(correlation === null ? {} : {correlation})};
}

async function readForeignKeys(
  session: Queryable,
  constraints: readonly string[],
  options: ReadOptions,
): Promise<Outcome<readonly ForeignKeyFacts[]>> {
  if (constraints.length === 0) return ok([]);
  const rows = await readRows(session, foreignKeysSql, [constraints], foreignKeyShape, options);
  return rows.ok ? ok(rows.value.map(toForeignKey)) : rows;
}

function toForeignKey(row: z.infer<typeof foreignKeyShape>): ForeignKeyFacts {
  const {schema, name, referencedSchema, referencedName, ...key} = row;
  return {
    ...key,
    table: {schema, name},
    references: {schema: referencedSchema, name: referencedName},
  };
}
