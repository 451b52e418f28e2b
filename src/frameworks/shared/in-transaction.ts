import type {Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {endTransaction} from './under-lock.ts';

/** Does all of `work` or, when it fails, nothing of it. */
export async function inTransaction(
  session: Session,
  work: () => Promise<Outcome<void>>,
): Promise<Outcome<void>> {
  const begun = await session.script('BEGIN');
  if (!begun.ok) return begun;
  const worked = await work();
  const ended = worked.ok ? await session.script('COMMIT') : worked;
  if (!ended.ok) await endTransaction(session);
  return ended;
}
