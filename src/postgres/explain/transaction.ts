import type {Timeouts} from '../../core/explain/origin.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';

export interface RollBackOptions {
  readonly readOnly: boolean;
  /** Milliseconds for each statement; absent or 0 leaves the server's own. */
  readonly timeouts?: Timeouts;
  readonly signal?: Signal | undefined;
}

/**
 * Does `work` in one transaction that is rolled back whatever happens. Afterwards the session is outside of a
 * transaction, or gone: one that cannot be rolled back is closed.
 * @param session used by nobody else meanwhile
 * @returns what `work` does; `invalid-input` inside a transaction, which ROLLBACK would end
 */
export async function rolledBack<T>(
  session: Session,
  {readOnly, timeouts, signal}: RollBackOptions,
  work: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const status = session.transactionStatus();
  if (status === 'open' || status === 'failed')
    return fail('invalid-input', 'A transaction is open on this connection, and EXPLAIN would end it.', {
      advice: 'Commit it or roll it back first.',
    });
  const began = await begin(session, {readOnly, ...(timeouts ? {timeouts} : {}), signal});
  try {
    return began.ok ? await work() : began;
  } finally {
    await rollBack(session);
  }
}

async function begin(
  session: Session,
  {readOnly, timeouts = {statement: 0, lock: 0}, signal}: RollBackOptions,
): Promise<Outcome<void>> {
  const settings = [
    ['statement_timeout', timeouts.statement],
    ['lock_timeout', timeouts.lock],
  ] as const;
  const lines = settings.flatMap(([name, ms]) => {
    const whole = Math.min(Math.ceil(ms), longestTimeout);
    return whole > 0 ? [`SET LOCAL ${name} = ${whole}`] : [];
  });
  const began = await session.script([readOnly ? 'BEGIN READ ONLY' : 'BEGIN', ...lines].join('; '), signal);
  return began.ok ? ok(undefined) : began;
}

/** Both settings are integers of 32 bits, in ms. */
const longestTimeout = 2_147_483_647;

/** Takes no signal: it has to happen also after a cancel, whose request may still be on its way. */
async function rollBack(session: Session): Promise<void> {
  for (let attempt = 0; attempt < 2 && isInside(session); attempt += 1) await session.script('ROLLBACK');
  if (isInside(session)) await session.close();
}

function isInside(session: Session): boolean {
  return ['open', 'failed'].includes(session.transactionStatus());
}
