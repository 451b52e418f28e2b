import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {IndexPurpose, IndexState, IndexUse, TableIndex} from '../../core/catalog/table-parts.ts';
import type {Queryable} from '../../core/session.ts';
import {readRows, type ReadOptions} from './read.ts';
import {number} from './shapes.ts';
import {indexesSql} from './sql/table-parts.ts';

const row = z.object({
  oid: number,
  name: z.string(),
  definition: z.string(),
  method: z.string(),
  unique: z.boolean(),
  valid: z.boolean(),
  ready: z.boolean(),
  partial: z.boolean(),
  constraint: z.string().exactOptional(),
  constraintType: z.enum(['p', 'u', 'x']).exactOptional(),
  bytes: number.exactOptional(),
  scans: number.exactOptional(),
  entriesRead: number.exactOptional(),
  rowsFetched: number.exactOptional(),
  replicaIdentity: z.boolean(),
  foreignKeys: z.array(z.string()),
  lastScan: z.coerce.date().exactOptional(),
  since: z.coerce.date().exactOptional(),
  comment: z.string().exactOptional(),
});
type IndexRow = z.infer<typeof row>;

const constraintTypes = {p: 'primary-key', u: 'unique', x: 'exclusion'} as const;

/** The primary key's index first, then by name. @param relation oid of a table or materialized view */
export async function listIndexes(
  db: Queryable,
  relation: number,
  options: ReadOptions = {},
): Promise<Outcome<readonly TableIndex[]>> {
  const rows = await readRows(db, indexesSql, [relation], row, options);
  return rows.ok ? ok(rows.value.map(toIndex)) : rows;
}

function toIndex(row: IndexRow): TableIndex {
  const {oid, name, definition, method, partial, replicaIdentity, foreignKeys} = row;
  const usage = use(row);
  return {
    oid,
    name,
    definition,
    method,
    partial,
    replicaIdentity,
    foreignKeys,
    purpose: purpose(row),
    state: state(row),
    size: {kind: 'measured', bytes: row.bytes ?? 0},
    ...(usage ? {use: usage} : {}),
    ...(row.comment === undefined ? {} : {comment: row.comment}),
  };
}

function purpose({constraint, constraintType, unique}: IndexRow): IndexPurpose {
  if (constraint !== undefined && constraintType !== undefined)
    return {kind: 'constraint', type: constraintTypes[constraintType], constraint};
  return {kind: unique ? 'unique' : 'plain'};
}

function state({valid, ready}: IndexRow): IndexState {
  if (valid) return 'valid';
  return ready ? 'not-valid' : 'not-ready';
}

function use({scans, entriesRead = 0, rowsFetched = 0, lastScan, since}: IndexRow): IndexUse | undefined {
  if (scans === undefined) return undefined;
  return {scans, entriesRead, rowsFetched, ...(lastScan ? {lastScan} : {}), ...(since ? {since} : {})};
}
