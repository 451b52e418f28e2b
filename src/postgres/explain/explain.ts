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
  const {mode, timeouts} = request;
  const guard = (mode === 'analyze' ? request.guard : undefined) ?? 'read-only';
  const notices: string[] = [];
  const stop = session.onNotice(({severity, message}) => {
    if (notices.length < mostNotices) notices.push(`${severity}: ${message}`);
  });
  let started = performance.now();
  let elapsedMs = 0;
  const rows = await rolledBack(session, {readOnly: guard === 'read-only', timeouts, signal}, async () => {
    started = performance.now();
    const answer = await send(session, request, signal);
    elapsedMs = performance.now() - started;
    return answer;
  });
  stop();
  if (rows.ok)
    return ok({
      text: rows.value.join('\n'),
      roundTripMs: elapsedMs,
      notices,
      notes: guard === 'rolled-back' ? [deferredNote] : [],
    });
  const readOnlyBecause = await whyReadOnly(session, rows);
  const tried: Tried = {
    guard,
    timeouts,
    elapsedMs,
    hasValues: request.values !== undefined,
    ...(readOnlyBecause ? {readOnlyBecause} : {}),
  };
  return {ok: false, failure: explainFailure(rows.failure, tried)};
}

const deferredNote =
  'Deferred constraints and constraint triggers were not checked: they run at COMMIT, and this was rolled back.';

async function send(
  session: Session,
  {sql, mode, values = []}: ExplainRequest,
  signal?: Signal,
): Promise<Outcome<readonly string[]>> {
  if (mode === 'generic') return genericPlan(session, sql, signal);
  const prefix = explainPrefix(mode, session.server.versionNumber);
  return shifted(await session.texts(`${prefix}${sql}`, {params: values}, signal), prefix.length);
}

/** Where the server's answer was that nothing may be written: who made it so. */
async function whyReadOnly(
  session: Session,
  failed: Outcome<unknown>,
): Promise<Tried['readOnlyBecause'] | undefined> {
  if (sqlStateOf(failed) !== '25006') return undefined;
  if (session.server.standby) return 'standby';
  const source = await session.texts(sourceSql, {params: []});
  return source.ok && ['client', 'session'].includes(source.value[0] ?? '') ? 'connection' : 'server';
}

/** A read-only connection says so when it signs in (`client`), or afterwards (`session`) where a pooler refuses that. */
const sourceSql = "SELECT source FROM pg_catalog.pg_settings WHERE name = 'default_transaction_read_only'";
