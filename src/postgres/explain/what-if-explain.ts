import type {Timeouts} from '../../core/explain/origin.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';

export interface PlanRequest {
  /** One statement without EXPLAIN; placeholders are `$1`, `$2`, … */
  readonly sql: string;
  readonly mode: 'explain' | 'generic';
  readonly values?: readonly (string | null)[];
}

const options = 'VERBOSE, SETTINGS, FORMAT JSON';
const prepared = 'howdah_what_if';

/**
 * Plans a statement without running it.
 * @returns the server's JSON text. Failures: `sql` and those of a session
 */
export async function explainJson(
  session: Session,
  {sql, mode, values = []}: PlanRequest,
  signal?: Signal,
): Promise<Outcome<string>> {
  if (mode === 'generic' && session.server.versionNumber < 160000)
    return explainPrepared(session, sql, signal);
  const generic = mode === 'generic' ? 'GENERIC_PLAN, ' : '';
  const given = mode === 'generic' || values.length === 0 ? {} : {params: values};
  return first(await session.texts(`EXPLAIN (${generic}${options}) ${sql}`, given, signal));
}

/**
 * Before 16 there is no GENERIC_PLAN. It is prepared anew each time: a plan that is kept would not see a new index.
 * The caller's transaction block bounds the setting.
 */
async function explainPrepared(session: Session, sql: string, signal?: Signal): Promise<Outcome<string>> {
  const made = await session.script(
    `SET LOCAL plan_cache_mode = force_generic_plan; PREPARE ${prepared} AS ${sql}`,
    signal,
  );
  if (!made.ok) return made;
  const count = await session.texts(
    `SELECT pg_catalog.cardinality(p.parameter_types) FROM pg_catalog.pg_prepared_statements AS p
      WHERE p.name = '${prepared}'`,
    {},
    signal,
  );
  const nulls = Array.from({length: Number(count.ok ? (count.value[0] ?? 0) : 0)}, () => 'NULL').join(', ');
  const text = count.ok
    ? await session.texts(`EXPLAIN (${options}) EXECUTE ${prepared}${nulls && ` (${nulls})`}`, {}, signal)
    : count;
  // in a failed transaction block there is no DEALLOCATE, and the session ends soon
  if (session.transactionStatus() === 'open') await session.script(`DEALLOCATE ${prepared}`);
  return first(text);
}

function first(texts: Outcome<readonly string[]>): Outcome<string> {
  if (!texts.ok) return texts;
  const text = texts.value[0];
  return text === undefined ? fail('invalid-input', 'The server gave no plan.') : ok(text);
}

/** Runs `task` in a transaction that cannot write and is always rolled back. */
export async function readOnly<T>(
  session: Session,
  timeouts: Timeouts,
  task: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const begun = await session.script('BEGIN READ ONLY');
  if (!begun.ok) return begun;
  try {
    const limited = await session.query(
      `SELECT pg_catalog.set_config(u.name, u.value, true)
        FROM (VALUES ('statement_timeout', $1), ('lock_timeout', $2)) AS u (name, value) WHERE u.value <> '0'`,
      [String(Math.round(timeouts.statement)), String(Math.round(timeouts.lock))],
    );
    return limited.ok ? await task() : limited;
  } finally {
    if (session.transactionStatus() !== 'gone') await session.script('ROLLBACK');
  }
}
