import {ok, type Outcome} from '../../core/outcome.ts';
import type {ServerIdentity} from '../../core/session.ts';
import {explainStatement} from '../../postgres/explain/explain.ts';
import type {Parts} from '../parts.ts';
import type {Decision} from './plan-view.ts';
import type {Subject} from './subject.ts';

export interface MadePlan {
  /** EXPLAIN's JSON as the server wrote it. */
  readonly text: string;
  /** What the server said meanwhile, and what the execution left out. */
  readonly notes: readonly string[];
  readonly server: ServerIdentity;
}

/** Explains a statement on a session of its own, so that it holds up nothing and an abort ends nothing else. */
export async function explainOnServer(
  parts: Parts,
  {connection, sql}: Subject,
  {mode, guard, parameters, timeouts}: Decision,
  signal: AbortSignal,
): Promise<Outcome<MadePlan>> {
  const session = await parts.sessions.open(connection, {
    readOnly: guard !== 'rolled-back',
    ask: true,
    signal,
  });
  if (!session.ok) return session;
  try {
    const explained = await explainStatement(
      session.value,
      {
        sql,
        mode,
        timeouts,
        ...(guard === undefined ? {} : {guard}),
        ...(parameters.length === 0 ? {} : {values: parameters.map(({value}) => value)}),
      },
      signal,
    );
    if (!explained.ok) return explained;
    const {text, notes, notices} = explained.value;
    return ok({text, notes: [...notes, ...notices], server: session.value.server});
  } finally {
    await session.value.close();
  }
}
