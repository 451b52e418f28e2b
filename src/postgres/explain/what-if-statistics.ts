import * as z from 'zod';
import type {PretendedFile, Scratch} from '../../core/explain/what-if.ts';
import type {IndexDefinition} from '../../core/explain/what-if-definition.ts';
import {planOfJson} from '../../core/explain/parse-json.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import type {PlannerSchema} from './schema-for-what-if.ts';
import {filesSql, indexOidSql, indexShapesSql, setValidSql, wholeIndexSql} from './sql/what-if-restore.ts';
import {explainJson, type PlanRequest} from './what-if-explain.ts';
import {heightOf, shapeRow, sizeOf, type ShapeRow} from './what-if-index.ts';
import {makeTables, restoreFigures, restoreStatistics, type Missing} from './what-if-restore.ts';
import {rowsIn} from './what-if-rows.ts';

export interface EmbeddedPlans {
  readonly before: string;
  readonly after: string;
  /** Of the index; null where its size could only be assumed. */
  readonly bytes: number | null;
  /** What the embedded server does not have. */
  readonly missing: readonly Missing[];
  /** `schema.table.column` whose statistics were not taken. */
  readonly lost: readonly string[];
}

export interface EmbeddedRequest {
  readonly plan: PlanRequest;
  readonly index: IndexDefinition;
  readonly schema: PlannerSchema;
}

/**
 * Plans a statement in an empty database that looks to the planner as the server's does: tables and indexes with their
 * statistics, in files as large as the server's. The proposed index is there from the beginning, because a later
 * CREATE INDEX would read the table, and is not valid for the first plan. All of it is one transaction that is rolled
 * back.
 * Failures: `unsupported` when a table cannot be made, `sql` when the index or the statement is refused, and those of
 * `pretend`
 */
export async function planWithStatistics(
  scratch: Scratch,
  request: EmbeddedRequest,
  signal?: Signal,
): Promise<Outcome<EmbeddedPlans>> {
  const begun = await scratch.session.script('BEGIN', signal);
  if (!begun.ok) return begun;
  try {
    return await plansOf(scratch, request, signal);
  } finally {
    if (scratch.session.transactionStatus() !== 'gone') await scratch.session.script('ROLLBACK');
  }
}

async function plansOf(
  scratch: Scratch,
  {plan, index, schema}: EmbeddedRequest,
  signal: Signal | undefined,
): Promise<Outcome<EmbeddedPlans>> {
  const {session} = scratch;
  const missing = await makeTables(session, schema, signal);
  if (!missing.ok) return missing;
  const proposal = await makeProposal(session, index, schema, signal);
  if (!proposal.ok) return withMissing(proposal, missing.value);
  const lost = await restoreStatistics(session, schema, signal);
  if (!lost.ok) return lost;
  const bytes = await pretendAll(scratch, schema, proposal.value, signal);
  if (!bytes.ok) return bytes;
  const before = await explainJson(session, plan, signal);
  if (!before.ok) return withMissing(before, missing.value);
  const shown = await session.query(setValidSql, [proposal.value.oid, true], signal);
  if (!shown.ok) return shown;
  const after = await explainJson(session, plan, signal);
  if (!after.ok) return after;
  return ok({
    before: before.value,
    after: after.value,
    bytes: bytes.value,
    missing: missing.value,
    lost: lost.value,
  });
}

/** A statement that is refused here and not on the server lacks something of the server. */
function withMissing(
  failed: Extract<Outcome<never>, {readonly ok: false}>,
  missing: readonly Missing[],
): Outcome<never> {
  if (missing.length === 0) return failed;
  const {message, server} = failed.failure;
  return fail(
    'unsupported',
    `The embedded PostgreSQL refuses it (${message}), because it lacks ${missing.map(each => `${each.what} (${each.why})`).join(', ')}.`,
    {
      advice: 'Install HypoPG on the server (CREATE EXTENSION hypopg) and try again.',
      ...(server ? {server} : {}),
    },
  );
}

interface Proposal {
  readonly oid: number;
  /** Itself and, on a partitioned table, its parts. */
  readonly oids: ReadonlySet<number>;
}

const oidRow = z.object({oid: z.coerce.number()});

async function makeProposal(
  session: Session,
  index: IndexDefinition,
  schema: PlannerSchema,
  signal: Signal | undefined,
): Promise<Outcome<Proposal>> {
  const created = await session.script(index.portable, signal);
  if (!created.ok) return created;
  const place = index.schema ?? schemaOfTable(index.table, schema);
  const found = await rowsIn(session, {sql: indexOidSql, params: [place, index.name]}, oidRow, signal);
  if (!found.ok) return found;
  const oid = found.value[0]?.oid;
  if (oid === undefined)
    return fail('unsupported', `The index ${index.name} was not found after it was made.`);
  const whole = await rowsIn(session, {sql: wholeIndexSql, params: [oid]}, oidRow, signal);
  if (!whole.ok) return whole;
  const hidden = await session.query(setValidSql, [oid, false], signal);
  return hidden.ok ? ok({oid, oids: new Set(whole.value.map(each => each.oid))}) : hidden;
}

/** @returns the first schema of the search path that has such a table */
function schemaOfTable(table: string, {searchPath, relations}: PlannerSchema): string {
  const path = searchPath.filter(schema =>
    relations.some(each => each.schema === schema && each.name === table),
  );
  return path[0] ?? '';
}

const fileRow = z.object({schema: z.string(), name: z.string(), path: z.string()});

/** @returns bytes of the proposed index, null where they are assumed */
async function pretendAll(
  scratch: Scratch,
  schema: PlannerSchema,
  proposal: Proposal,
  signal: Signal | undefined,
): Promise<Outcome<number | null>> {
  const files = await rowsIn(scratch.session, {sql: filesSql}, fileRow, signal);
  if (!files.ok) return files;
  const shapes = await rowsIn(scratch.session, {sql: indexShapesSql}, shapeRow, signal);
  if (!shapes.ok) return shapes;
  const pathOf = new Map(files.value.map(({schema, name, path}) => [keyOf({schema, name}), path]));
  const shapeOf = new Map(shapes.value.map(shape => [keyOf(shape), shape]));
  const present = [...schema.relations, ...schema.indexes].flatMap(each =>
    fileOf(pathOf.get(keyOf(each)), (each.blocks * schema.blockSize) / 8192, shapeOf.get(keyOf(each))),
  );
  const grown = await scratch.pretend(present);
  if (!grown.ok) return grown;
  return pretendProposal(
    scratch,
    schema,
    shapes.value
      .filter(({oid}) => proposal.oids.has(oid))
      .map(shape => ({shape, path: pathOf.get(keyOf(shape))})),
    signal,
  );
}

function keyOf({schema, name}: {readonly schema: string; readonly name: string}): string {
  return JSON.stringify([schema, name]);
}

function fileOf(
  path: string | undefined,
  blocks: number,
  shape: ShapeRow | undefined,
): readonly PretendedFile[] {
  if (path === undefined || blocks < 1) return [];
  const whole = Math.round(blocks);
  const height = shape && heightOf(shape, whole);
  return [{path, blocks: whole, ...(height === undefined ? {} : {treeHeight: height})}];
}

async function pretendProposal(
  scratch: Scratch,
  schema: PlannerSchema,
  parts: readonly {readonly shape: ShapeRow; readonly path: string | undefined}[],
  signal: Signal | undefined,
): Promise<Outcome<number | null>> {
  let bytes = 0;
  let assumed = false;
  for (const {shape, path} of parts) {
    const table = tableOf(shape, schema);
    const rows = await rowsInside(scratch.session, shape, table.rows, signal);
    if (!rows.ok) return rows;
    const size = sizeOf(shape, table, rows.value);
    bytes += size.blocks * 8192;
    assumed ||= size.basis === 'assumed';
    const {schema: place, name} = shape;
    const figures = {schema: place, name, pages: size.blocks, rows: rows.value, allVisible: 0, blocks: 0};
    const restored = await restoreFigures(scratch.session, figures, signal);
    if (!restored.ok) return restored;
    const height = size.height === undefined ? {} : {treeHeight: size.height};
    const grown = await scratch.pretend(path === undefined ? [] : [{path, blocks: size.blocks, ...height}]);
    if (!grown.ok) return grown;
  }
  return ok(assumed ? null : bytes);
}

/** The rows as the planner counts them: by the density when it last looked, and the pages now. */
function tableOf(
  {tableSchema, table}: ShapeRow,
  {relations, blockSize}: PlannerSchema,
): {readonly rows: number; readonly blocks: number} {
  const found = relations.find(({schema, name}) => schema === tableSchema && name === table);
  if (!found) return {rows: 0, blocks: 0};
  const blocks = (found.blocks * blockSize) / 8192;
  const rows = found.pages > 0 && found.rows >= 0 ? (found.rows / found.pages) * found.blocks : found.rows;
  return {rows: Math.max(0, rows), blocks};
}

/** Of a partial index those rows that the planner expects its predicate to keep. */
async function rowsInside(
  session: Session,
  {predicate, tableSchema, table}: ShapeRow,
  rows: number,
  signal: Signal | undefined,
): Promise<Outcome<number>> {
  if (predicate === undefined) return ok(rows);
  const place = `${quoteIdentifier(tableSchema)}.${quoteIdentifier(table)}`;
  const sql = `SELECT FROM ONLY ${place} WHERE ${predicate}`;
  const text = await explainJson(session, {sql, mode: 'explain'}, signal);
  if (!text.ok) return text;
  const plans = planOfJson(JSON.parse(text.value), text.value);
  const planned = plans.ok ? plans.value[0]?.root.fields['Plan Rows'] : undefined;
  return ok(typeof planned === 'number' ? planned : rows);
}
