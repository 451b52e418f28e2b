import {ok, type Outcome} from '../../core/outcome.ts';
import type {ServerIdentity} from '../../core/session.ts';
import {cautionsFor} from '../../postgres/explain/cautions.ts';
import {explainStatement} from '../../postgres/explain/explain.ts';
import type {Parts} from '../parts.ts';
import type {Decision} from './plan-view.ts';
import type {Subject} from './subject.ts';

export interface MadePlan {
  readonly kind: 'plan';
  /** EXPLAIN's JSON as the server wrote it. */
  readonly text: string;
  /** What the server said meanwhile, and what the execution left out. */
  readonly notes: readonly string[];
  readonly server: ServerIdentity;
}

/** It was not executed: first the user has to know what no transaction takes back. */
export interface Cautioned {
  readonly kind: 'cautions';
  readonly sentences: readonly string[];
}

/** Explains a statement on a session of its own, so that it holds up nothing and an abort ends nothing else. */
export async function explainOnServer(
  parts: Parts,
  {connection, sql}: Subject,
  {mode, guard, parameters, timeouts, cautioned}: Decision,
  signal: AbortSignal,
): Promise<Outcome<MadePlan | Cautioned>> {
  const session = await parts.sessions.open(connection, {
    readOnly: guard !== 'rolled-back',
    ask: true,
    signal,
  });
  if (!session.ok) return session;
  const values = parameters.length === 0 ? {} : {values: parameters.map(({value}) => value)};
  const request = {sql, mode, timeouts, ...(guard === undefined ? {} : {guard}), ...values};
  try {
    const cautions =
      mode === 'analyze' && !cautioned ? await cautionsFor(session.value, request, signal) : ok([]);
    if (!cautions.ok) return cautions;
    if (cautions.value.length > 0) return ok({kind: 'cautions', sentences: cautions.value});
    const explained = await explainStatement(session.value, request, signal);
    if (!explained.ok) return explained;
    const {text, notes, notices} = explained.value;
    return ok({kind: 'plan', text, notes: [...notes, ...notices], server: session.value.server});
  } finally {
    await session.value.close();
  }
}
