import * as z from 'zod';
import type {Scratch} from '../../core/explain/what-if.ts';
import type {IndexDefinition} from '../../core/explain/what-if-definition.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {PlannerSchema, RelationFigures} from './schema-for-what-if.ts';
import {indexOidSql, setValidSql, wholeIndexSql} from './sql/what-if-restore.ts';
import {rolledBack} from './transaction.ts';
import type {PlanRequest} from './what-if-explain.ts';
import {makeTables, restoreStatistics, type Missing} from './what-if-restore.ts';
import {rowsIn} from './what-if-rows.ts';
import {pretendAll, type Proposal} from './what-if-sizes.ts';
import {explainWithoutSkips, indexesIn} from './what-if-skip.ts';

export interface EmbeddedPlans {
  readonly before: string;
  readonly after: string;
  /** Of the index; null where its size could only be assumed. */
  readonly bytes: number | null;
  /** What the embedded server does not have. */
  readonly missing: readonly Missing[];
  /** `schema.table.column` whose statistics were not taken. */
  readonly lost: readonly string[];
  /** Indexes that only PostgreSQL 18 would have used. */
  readonly skipped: readonly string[];
}

export interface EmbeddedRequest {
  readonly plan: PlanRequest;
  readonly index: IndexDefinition;
  readonly schema: PlannerSchema;
  /** The server's own plan, as JSON, and its `server_version_num`. */
  readonly own: string;
  readonly version: number;
}

/**
 * Plans a statement in an empty database that looks to the planner as the server's does: tables and indexes with their
 * statistics, in files as large as the server's. The proposed index is there from the beginning, because a later
 * CREATE INDEX would read the table, and is not valid for the first plan. All of it is one transaction that is rolled
 * back. One thing a server knows and this does not: the least and greatest value of an indexed column, which a planner
 * looks up in the index for conditions at the ends of the histogram.
 * Failures: `unsupported` when a table cannot be made, `sql` when the index or the statement is refused, and those of
 * `pretend`
 */
export function planWithStatistics(
  scratch: Scratch,
  request: EmbeddedRequest,
  signal?: Signal,
): Promise<Outcome<EmbeddedPlans>> {
  return rolledBack(scratch.session, {readOnly: false, signal}, () => plansOf(scratch, request, signal));
}

async function plansOf(
  scratch: Scratch,
  {plan, index, schema, own, version}: EmbeddedRequest,
  signal: Signal | undefined,
): Promise<Outcome<EmbeddedPlans>> {
  const {session} = scratch;
  const missing = await makeTables(session, schema, signal);
  if (!missing.ok) return missing;
  const proposal = await makeProposal(session, index, schema, signal);
  if (!proposal.ok) return withMissing(proposal, missing.value);
  const lost = await restoreStatistics(session, schema, signal);
  if (!lost.ok) return lost;
  const sizes = await pretendAll(scratch, schema, proposal.value, signal);
  if (!sizes.ok) return sizes;
  const {bytes, shapes} = sizes.value;
  const context = {version, used: indexesIn(own), shapes};
  const before = await explainWithoutSkips(session, plan, context, signal);
  if (!before.ok) return withMissing(before, missing.value);
  const shown = await session.query(setValidSql, [proposal.value.oid, true], signal);
  if (!shown.ok) return shown;
  const after = await explainWithoutSkips(session, plan, context, signal);
  if (!after.ok) return after;
  return ok({
    before: before.value.text,
    after: after.value.text,
    bytes,
    missing: missing.value,
    lost: lost.value,
    skipped: [...new Set([...before.value.skipped, ...after.value.skipped])],
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

const oidRow = z.object({oid: z.coerce.number()});

async function makeProposal(
  session: Session,
  index: IndexDefinition,
  schema: PlannerSchema,
  signal: Signal | undefined,
): Promise<Outcome<Proposal>> {
  const created = await session.script(index.portable, signal);
  if (!created.ok) return created;
  const table = indexedTable(index, schema);
  if (!table) return fail('invalid-input', `The statement does not touch ${index.table}.`);
  const found = await rowsIn(session, {sql: indexOidSql, params: [table.schema, index.name]}, oidRow, signal);
  if (!found.ok) return found;
  const oid = found.value[0]?.oid;
  if (oid === undefined)
    return fail('unsupported', `The index ${index.name} was not found after it was made.`);
  const whole = await rowsIn(session, {sql: wholeIndexSql, params: [oid]}, oidRow, signal);
  if (!whole.ok) return whole;
  const hidden = await session.query(setValidSql, [oid, false], signal);
  return hidden.ok ? ok({oid, oids: new Set(whole.value.map(each => each.oid)), table}) : hidden;
}

/** @returns what the index is on: without a schema the first one along the search path */
export function indexedTable(
  {schema, table}: IndexDefinition,
  {searchPath, relations}: PlannerSchema,
): RelationFigures | undefined {
  const path = schema === undefined ? searchPath : [schema];
  return path.flatMap(place => relations.filter(each => each.schema === place && each.name === table)).at(0);
}
