import * as z from 'zod';
import type {Timeouts} from '../../core/explain/origin.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {createSql, hypopgSql, resetSql, sizeSql} from './sql/what-if-hypopg.ts';
import {rolledBack} from './transaction.ts';
import {explainJson, type PlanRequest} from './what-if-explain.ts';

export interface HypotheticalRequest extends PlanRequest {
  /** One CREATE INDEX without CONCURRENTLY. */
  readonly definition: string;
  /** What the index is called in the plan after, in place of HypoPG's name for it. */
  readonly name: string;
  readonly timeouts: Timeouts;
}

export type Hypothetical =
  | {
      readonly kind: 'plans';
      readonly before: string;
      readonly after: string;
      readonly bytes: number;
      /** HypoPG's, such as `1.3.1`. */
      readonly version: string;
    }
  /** `available`: CREATE EXTENSION would install it. */
  | {readonly kind: 'not-installed'; readonly available: boolean}
  /** It makes no such index: it does not know every access method. */
  | {readonly kind: 'refused'; readonly message: string};

const installed = z.object({schema: z.string().nullable(), version: z.string().nullable()});
const made = z.object({oid: z.coerce.number(), name: z.string()});

/**
 * Plans a statement on its own server without and with an index that is not built. Only EXPLAIN without ANALYZE knows
 * such an index. It belongs to the session and outlives the transaction, so it is taken away whatever happens.
 * @param session of its own, outside of a transaction
 */
export async function planWithHypotheticalIndex(
  session: Session,
  request: HypotheticalRequest,
  signal?: Signal,
): Promise<Outcome<Hypothetical>> {
  const found = await session.query(hypopgSql, [], signal);
  if (!found.ok) return found;
  const row = found.value.rows[0];
  const {schema, version} = row ? installed.parse(row) : {schema: null, version: null};
  if (schema === null) return ok({kind: 'not-installed', available: row !== undefined});
  try {
    return await rolledBack(session, {readOnly: true, timeouts: request.timeouts, signal}, () =>
      plansOf(session, {...request, schema, version: version ?? ''}, signal),
    );
  } finally {
    if (session.transactionStatus() !== 'gone') await session.query(resetSql(schema));
  }
}

async function plansOf(
  session: Session,
  request: HypotheticalRequest & {readonly schema: string; readonly version: string},
  signal: Signal | undefined,
): Promise<Outcome<Hypothetical>> {
  const {schema, definition, name, version} = request;
  const before = await explainJson(session, request, signal);
  if (!before.ok) return before;
  const created = await session.query(createSql(schema), [definition], signal);
  if (!created.ok) return refusal(created.failure.server?.sqlState, created.failure.message) ?? created;
  if (created.value.rows.length === 0) return ok({kind: 'refused', message: 'HypoPG made no index.'});
  const index = made.parse(created.value.rows[0]);
  const size = await session.query(sizeSql(schema), [index.oid], signal);
  if (!size.ok) return size;
  const after = await explainJson(session, request, signal);
  if (!after.ok) return after;
  const bytes = Number(size.value.rows[0]?.['bytes']);
  if (Number.isNaN(bytes)) return fail('unsupported', 'HypoPG told no size.');
  return ok({
    kind: 'plans',
    before: before.value,
    after: renamed(after.value, index.name, name),
    bytes,
    version,
  });
}

/** What it cannot do it reports as an internal error (XX000) or as not supported; the rest is a wrong definition. */
function refusal(sqlState: string | undefined, message: string): Outcome<Hypothetical> | undefined {
  return sqlState === 'XX000' || sqlState === '0A000' || sqlState === '42501'
    ? ok({kind: 'refused', message})
    : undefined;
}

/** The names stand in the plan as JSON writes them. */
function renamed(plan: string, from: string, to: string): string {
  const field = (name: string): string => `"Index Name": ${JSON.stringify(name)}`;
  return plan.replaceAll(field(from), field(to));
}
