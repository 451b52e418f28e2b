import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {shifted} from './failures.ts';
import {genericPlan} from './generic.ts';
import {explainPrefix} from './options.ts';

export interface PlanRequest {
  /** One statement without EXPLAIN; placeholders are `$1`, `$2`, … */
  readonly sql: string;
  readonly mode: 'explain' | 'generic';
  readonly values?: readonly (string | null)[];
}

/**
 * Plans a statement without running it, inside the open transaction. Several statements are refused (42601).
 * @returns the server's JSON text. Failures: `sql` with the position in `sql`, and those of a session
 */
export async function explainJson(
  session: Session,
  {sql, mode, values = []}: PlanRequest,
  signal?: Signal,
): Promise<Outcome<string>> {
  const prefix = explainPrefix('explain', session.server.versionNumber);
  const texts =
    mode === 'generic'
      ? await genericPlan(session, sql, signal)
      : shifted(await session.texts(`${prefix}${sql}`, {params: values}, signal), prefix.length);
  if (!texts.ok) return texts;
  const text = texts.value.join('\n');
  return text === '' ? fail('invalid-input', 'The server gave no plan.') : ok(text);
}
