import * as z from 'zod';
import {numberField} from '../../core/explain/fields.ts';
import {planOfJson} from '../../core/explain/parse-json.ts';
import type {PretendedFile, Scratch} from '../../core/explain/what-if.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import type {PlannerSchema, RelationFigures} from './schema-for-what-if.ts';
import {filesSql, indexShapesSql} from './sql/what-if-restore.ts';
import {explainJson} from './what-if-explain.ts';
import {heightOf, shapeRow, sizeOf, type ShapeRow} from './what-if-index.ts';
import {restoreFigures} from './what-if-restore.ts';
import {rowsIn} from './what-if-rows.ts';

/** The index that is asked about, in the embedded server. */
export interface Proposal {
  readonly oid: number;
  /** Itself and, on a partitioned table, its parts. */
  readonly oids: ReadonlySet<number>;
  readonly table: RelationFigures;
}

export interface Sizes {
  /** Of the proposed index; null where they are assumed. */
  readonly bytes: number | null;
  readonly shapes: readonly ShapeRow[];
}

const fileRow = z.object({schema: z.string(), name: z.string(), path: z.string()});

/** Makes all files as large as the server's, and the proposed index as large as it would be. */
export async function pretendAll(
  scratch: Scratch,
  schema: PlannerSchema,
  proposal: Proposal,
  signal?: Signal,
): Promise<Outcome<Sizes>> {
  const files = await rowsIn(scratch.session, {sql: filesSql}, fileRow, signal);
  if (!files.ok) return files;
  const shapes = await rowsIn(scratch.session, {sql: indexShapesSql}, shapeRow, signal);
  if (!shapes.ok) return shapes;
  const paths = new Map(files.value.map(file => [keyOf(file), file.path]));
  const known = new Map(shapes.value.map(shape => [keyOf(shape), shape]));
  const present = [...schema.relations, ...schema.indexes].flatMap(each =>
    fileOf(paths.get(keyOf(each)), blocksOf(each, schema), known.get(keyOf(each))),
  );
  const grown = await scratch.pretend(present);
  if (!grown.ok) return grown;
  const parts = shapes.value
    .filter(({oid}) => proposal.oids.has(oid))
    .map(shape => ({shape, path: paths.get(keyOf(shape))}));
  const bytes = await pretendProposal(scratch, schema, {proposal, parts}, signal);
  return bytes.ok ? ok({bytes: bytes.value, shapes: shapes.value}) : bytes;
}

function keyOf({schema, name}: {readonly schema: string; readonly name: string}): string {
  return JSON.stringify([schema, name]);
}

/** In the embedded server's blocks of 8 kB. */
function blocksOf({blocks}: {readonly blocks: number}, {blockSize}: PlannerSchema): number {
  return Math.round((blocks * blockSize) / 8192);
}

function fileOf(
  path: string | undefined,
  blocks: number,
  shape: ShapeRow | undefined,
): readonly PretendedFile[] {
  if (path === undefined || blocks < 1) return [];
  const height = shape && heightOf(shape, blocks);
  return [{path, blocks, ...(height === undefined ? {} : {treeHeight: height})}];
}

interface Parts {
  readonly proposal: Proposal;
  readonly parts: readonly {readonly shape: ShapeRow; readonly path: string | undefined}[];
}

async function pretendProposal(
  scratch: Scratch,
  schema: PlannerSchema,
  {proposal, parts}: Parts,
  signal: Signal | undefined,
): Promise<Outcome<number | null>> {
  let [blocks, tableBlocks, assumed] = [0, 0, false];
  for (const {shape, path} of parts) {
    const table = tableOf(shape, schema);
    const inside = await countsOf(scratch.session, shape, table.rows, signal);
    if (!inside.ok) return inside;
    const {rows} = inside.value;
    const size = sizeOf(shape, table, inside.value);
    blocks += size.blocks;
    tableBlocks += table.blocks;
    assumed ||= size.basis === 'assumed';
    const {schema: place, name} = shape;
    const figures = {schema: place, name, pages: size.blocks, rows, allVisible: 0};
    const restored = await restoreFigures(scratch.session, figures, signal);
    if (!restored.ok) return restored;
    const height = size.height === undefined ? {} : {treeHeight: size.height};
    const grown = await scratch.pretend(path === undefined ? [] : [{path, blocks: size.blocks, ...height}]);
    if (!grown.ok) return grown;
  }
  // partitions that the statement does not touch are not here, and get the index as well
  const whole = blocksOf({blocks: proposal.table.wholeBlocks ?? 0}, schema) / Math.max(1, tableBlocks);
  return ok(assumed ? null : Math.round(blocks * Math.max(1, whole)) * 8192);
}

/** The rows as the planner counts them: by the density when they were counted, and the pages now. */
function tableOf(
  {tableSchema, table}: ShapeRow,
  schema: PlannerSchema,
): {readonly rows: number; readonly blocks: number} {
  const found = schema.relations.find(each => each.schema === tableSchema && each.name === table);
  if (!found) return {rows: 0, blocks: 0};
  const rows = found.pages > 0 && found.rows >= 0 ? (found.rows / found.pages) * found.blocks : found.rows;
  return {rows: Math.max(0, rows), blocks: blocksOf(found, schema)};
}

interface Counts {
  readonly rows: number;
  readonly groups?: number;
}

/** What the planner expects: rows that the predicate of a partial index keeps, and combinations of several keys. */
async function countsOf(
  session: Session,
  {predicate, tableSchema, table, keys}: ShapeRow,
  all: number,
  signal: Signal | undefined,
): Promise<Outcome<Counts>> {
  const from = `FROM ONLY ${quoteIdentifier(tableSchema)}.${quoteIdentifier(table)}`;
  const where = predicate === undefined ? '' : ` WHERE ${predicate}`;
  const rows =
    predicate === undefined ? ok(all) : await plannedRows(session, `SELECT ${from}${where}`, signal);
  if (!rows.ok || keys.length < 2) return rows.ok ? ok({rows: rows.value}) : rows;
  const columns = keys.join(', ');
  const places = keys.map((_, place) => place + 1).join(', ');
  const groups = await plannedRows(session, `SELECT ${columns} ${from}${where} GROUP BY ${places}`, signal);
  return groups.ok ? ok({rows: rows.value, groups: groups.value}) : groups;
}

async function plannedRows(
  session: Session,
  sql: string,
  signal: Signal | undefined,
): Promise<Outcome<number>> {
  const text = await explainJson(session, {sql, mode: 'explain'}, signal);
  if (!text.ok) return text;
  const plans = planOfJson(JSON.parse(text.value), text.value);
  const root = plans.ok ? plans.value[0]?.root : undefined;
  return ok((root && numberField(root, 'Plan Rows')) ?? 0);
}
