import type {ExplainMode, Guard, Timeouts} from '../../core/explain/origin.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {sqlStateOf} from '../failures.ts';
import {explainFailure, shifted, type Tried} from './failures.ts';
import {genericPlan} from './generic.ts';
import {explainPrefix} from './options.ts';
import {rolledBack} from './transaction.ts';

export interface ExplainRequest {
  /** One statement that EXPLAIN takes, its placeholders as `$1`, `$2`, … */
  readonly sql: string;
  readonly mode: ExplainMode;
  /** For `analyze`: `read-only` unless told. The other modes are always read-only. */
  readonly guard?: Guard;
  /** By number of the placeholder, in text; null is SQL's NULL. Types are inferred. Not for `generic`. */
  readonly values?: readonly (string | null)[];
  /** Milliseconds; 0 leaves the server's own. */
  readonly timeouts: Timeouts;
}

export interface Explained {
  /** EXPLAIN's JSON as the server wrote it. */
  readonly text: string;
  /** Milliseconds from sending EXPLAIN to having its answer. */
  readonly roundTripMs: number;
  /** What the server said meanwhile, such as RAISE NOTICE of a function, at most a hundred. */
  readonly notices: readonly string[];
  /** Sentences about what the execution left out. */
  readonly notes: readonly string[];
}

const mostNotices = 100;

/**
 * Explains one statement. Everything happens in one transaction that is rolled back: a read-only one, unless the
 * statement is executed under the guard `rolled-back`. Planning runs functions as well (those that are called
 * IMMUTABLE or STABLE), so a plan alone is made in there, too. Several statements in `sql` are refused with 42601.
 *
 * PostgreSQL refuses most of what writes in a read-only transaction, but not CREATE TABLE AS under EXPLAIN ANALYZE;
 * that is rolled back like the rest. What ROLLBACK does not undo, `verdictOf` knows.
 *
 * @param session outside of a transaction, and used by nobody else meanwhile; it is so afterwards, or closed
 * @param signal an abort cancels on the server; the failure has the server's word only when it confirmed
 * @returns failures: `read-only` (25006) for a statement that writes; `timed-out` (57014) and `locked` (55P03) for the
 * timeouts; `cancelled`; `invalid-input` without values for parameters; `sql` for the rest, with the position in `sql`
 */
export async function explainStatement(
  session: Session,
  request: ExplainRequest,
  signal?: Signal,
): Promise<Outcome<Explained>> {
  const guard = (request.mode === 'analyze' ? request.guard : undefined) ?? 'read-only';
  const {rows, elapsedMs, notices} = await run(session, request, guard, signal);
  if (!rows.ok) {
    const tried = await triedOn(session, request, guard, rows);
    return {ok: false, failure: explainFailure(rows.failure, {...tried, elapsedMs})};
  }
  const notes = guard === 'rolled-back' ? [deferredNote] : [];
  return ok({text: rows.value.join('\n'), roundTripMs: elapsedMs, notices, notes});
}

const deferredNote =
  'Deferred constraints and constraint triggers were not checked: they run at COMMIT, and this was rolled back.';

interface Run {
  readonly rows: Outcome<readonly string[]>;
  /** Of EXPLAIN alone. */
  readonly elapsedMs: number;
  readonly notices: readonly string[];
}

async function run(session: Session, request: ExplainRequest, guard: Guard, signal?: Signal): Promise<Run> {
  const notices: string[] = [];
  const stop = session.onNotice(({severity, message}) => {
    if (notices.length < mostNotices) notices.push(`${severity}: ${message}`);
  });
  let elapsedMs = 0;
  const options = {readOnly: guard === 'read-only', timeouts: request.timeouts, signal};
  const rows = await rolledBack(session, options, async () => {
    const started = performance.now();
    const answer = await send(session, request, signal);
    elapsedMs = performance.now() - started;
    return answer;
  });
  stop();
  return {rows, elapsedMs, notices};
}

async function send(
  session: Session,
  {sql, mode, values = []}: ExplainRequest,
  signal?: Signal,
): Promise<Outcome<readonly string[]>> {
  if (mode === 'generic') return genericPlan(session, sql, signal);
  const prefix = explainPrefix(mode, session.server.versionNumber);
  return shifted(await session.texts(`${prefix}${sql}`, {params: values}, signal), prefix.length);
}

async function triedOn(
  session: Session,
  {mode, timeouts, values}: ExplainRequest,
  guard: Guard,
  failed: Outcome<unknown>,
): Promise<Omit<Tried, 'elapsedMs'>> {
  const tried = {mode, guard, timeouts, hasValues: values !== undefined};
  if (guard === 'read-only' || sqlStateOf(failed) !== '25006') return tried;
  return {...tried, readOnlyBecause: await whyReadOnly(session)};
}

/** Who made a transaction read-only that was not meant to be. */
async function whyReadOnly(session: Session): Promise<NonNullable<Tried['readOnlyBecause']>> {
  if (session.server.standby) return 'standby';
  const source = await session.texts(sourceSql, {params: []});
  return source.ok && ['client', 'session'].includes(source.value[0] ?? '') ? 'connection' : 'server';
}

/** A read-only connection says so when it signs in (`client`), or afterwards (`session`) where a pooler refuses that. */
const sourceSql = "SELECT source FROM pg_catalog.pg_settings WHERE name = 'default_transaction_read_only'";
