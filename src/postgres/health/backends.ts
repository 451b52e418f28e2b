import * as z from 'zod/mini';
import {fail, ok, type Failure, type Outcome} from '../../core/outcome.ts';
import type {Queryable, Session, Signal} from '../../core/session.ts';
import {quoteWhereNeeded} from '../../core/sql/quote.ts';
import {endSql, ownerSql, seenSql} from './sql/backends.ts';

export interface Backend {
  readonly pid: number;
  /** By the server's clock, as it was read; tells it from another session that got the same pid. */
  readonly startedAt?: number;
}

export interface EndOptions {
  readonly signal?: Signal;
  /** @param milliseconds how long to pause before the next look */
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

/**
 * What became of it: `gone` and `query-ended` were seen. `still-there` after some seconds: it was told, and has not come
 * to a point where it can end. `other-session`: the pid belongs to another one by now, and nothing was ended.
 */
export type Ended = 'gone' | 'query-ended' | 'already-gone' | 'still-there' | 'other-session';

const Seen = z.object({state: z.string(), hidden: z.boolean(), queryAt: z.number(), same: z.boolean()});
const Told = z.extend(Seen, {told: z.nullable(z.boolean())});
const Owner = z.object({name: z.string(), superuser: z.boolean()});

/** ms between looks, 5 s in all: an idle session is gone at once, a rollback or a sort may take a moment. */
const pauses = [10, 40, 100, 200, 400, 750, 1500, 2000];

/**
 * Cancels a session's query, or terminates the session, and looks what became of it.
 * @param session outside of a transaction
 * @returns a `nothing-to-do` failure when there is no query to cancel; a failure in words where the role has no right to
 * it (SQLSTATE 42501), where it cannot see what became of it, and for processes of the server that cannot be ended so
 */
export async function endBackend(
  session: Session,
  backend: Backend,
  how: 'cancel' | 'terminate',
  {signal, wait}: EndOptions,
): Promise<Outcome<Ended>> {
  const {pid, startedAt = null} = backend;
  const told = await rowOf(session, endSql[how], [pid, startedAt], Told, signal);
  if (!told.ok) return explained(session, pid, how, told.failure);
  const first = told.value;
  if (first === undefined) return ok('already-gone');
  if (!first.same) return ok('other-session');
  if (first.told === null) return nothingToCancel(pid, first.state);
  for (const pause of pauses) {
    await wait(pause);
    const now = await rowOf(session, seenSql, [pid, startedAt], Seen, signal);
    if (!now.ok) return now;
    if (now.value === undefined || !now.value.same) return ok(first.told ? 'gone' : 'already-gone');
    if (!first.told) return fail('unsupported', `Process ${pid} is the server's own and cannot be ended.`);
    if (how === 'terminate') continue;
    if (now.value.hidden) return unseen(pid);
    if (now.value.state.startsWith('idle') || now.value.queryAt !== first.queryAt) return ok('query-ended');
  }
  return ok('still-there');
}

async function rowOf<T>(
  db: Queryable,
  sql: string,
  params: readonly unknown[],
  shape: z.ZodMiniType<T>,
  signal: Signal | undefined,
): Promise<Outcome<T | undefined>> {
  const result = await db.query(sql, params, signal);
  if (!result.ok) return result;
  const [row] = result.value.rows;
  return ok(row && shape.parse(row));
}

function nothingToCancel(pid: number, state: string): Outcome<never> {
  return fail('nothing-to-do', `Session ${pid} is ${state} and runs no query that could be cancelled.`, {
    advice: 'Terminate the session to end its transaction.',
  });
}

function unseen(pid: number): Outcome<never> {
  return fail(
    'unsupported',
    `Session ${pid} was told to cancel its query; this role cannot see what became of it.`,
    {
      advice: 'Members of pg_read_all_stats see it.',
    },
  );
}

async function explained(
  db: Queryable,
  pid: number,
  how: 'cancel' | 'terminate',
  failure: Failure,
): Promise<Outcome<never>> {
  if (failure.server?.sqlState !== '42501') return {ok: false, failure};
  const found = await rowOf(db, ownerSql, [pid], Owner, undefined);
  const owner = found.ok ? found.value : undefined;
  const whose = owner ? `session ${pid} of ${owner.name}` : `process ${pid} of the server`;
  const verb = how === 'cancel' ? 'cancel a query of' : 'terminate';
  return fail('sql', `This role may not ${verb} ${whose}.`, {
    advice: adviceFor(owner),
    server: failure.server,
  });
}

function adviceFor(owner: z.infer<typeof Owner> | undefined): string {
  if (owner === undefined || owner.superuser) return 'Only a superuser may do that.';
  return `Connect as ${quoteWhereNeeded(owner.name)}, or as a member of it or of pg_signal_backend.`;
}
