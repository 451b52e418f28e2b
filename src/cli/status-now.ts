import type {Bookkeeping, Status} from '../core/migrations/migration.ts';
import type {LockHolder} from '../core/migrations/plan.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import type {Session} from '../core/session.ts';
import type {Project, ProjectOptions} from '../frameworks/framework.ts';
import {readArrivals} from '../frameworks/git-arrivals.ts';
import {lockHolderSql} from '../frameworks/golang-migrate/sql/lock-holder.ts';
import {describeHolder} from './render/holder.ts';
import type {Invocation} from './runner.ts';

const pause = 200;

export interface StatusNow {
  readonly status: Status;
  /** Who holds the lock while the bookkeeping says dirty: the migration has not failed, it is still running. */
  readonly runner?: LockHolder;
}

/**
 * Reads the status. While another runner is in the middle of a file the bookkeeping says dirty, as it does after a failure;
 * only its lock tells the two apart, and a repair would be wrong then.
 */
export async function readStatusNow(
  project: Project,
  session: Session,
  options: ProjectOptions,
): Promise<Outcome<StatusNow>> {
  const arrivals = await readArrivals(project.folder);
  const status = await project.status(session, options, {arrivals});
  if (!status.ok) return status;
  if (status.value.position.kind !== 'failed') return ok({status: status.value});
  const runner = await findRunner(session, status.value.bookkeeping);
  return ok({status: status.value, ...(runner === undefined ? {} : {runner})});
}

/** As {@link readStatusNow}, but waits for the other runner; failures: also `locked` when it takes longer than `--lock-wait`. */
export async function readSettledStatus(
  project: Project,
  session: Session,
  options: ProjectOptions,
  {flags, terminal, signal}: Invocation,
): Promise<Outcome<StatusNow>> {
  const deadline = performance.now() + flags.lockWait;
  for (let told = false; ; told = true) {
    const now = await readStatusNow(project, session, options);
    if (!now.ok) return now;
    const {runner} = now.value;
    if (!runner) return now;
    if (signal.aborted)
      return fail('cancelled', 'Cancelled while waiting for another runner. Nothing has run.');
    if (performance.now() >= deadline)
      return fail('locked', `Another runner is at work: ${describeHolder(runner)}. Nothing has run.`, {
        advice: `Wait until it is done, or ask its owner; pg_terminate_backend(${runner.pid}) ends it.`,
      });
    if (!told) terminal.note(`waiting for the runner at work: ${describeHolder(runner)}\n`);
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}

async function findRunner(session: Session, {lockKeys}: Bookkeeping): Promise<LockHolder | undefined> {
  if (!lockKeys) return undefined;
  const found = await session.query(lockHolderSql, [lockKeys]);
  const row = found.ok ? found.value.rows[0] : undefined;
  if (row === undefined) return undefined;
  const {user, application, address, age} = row;
  return {
    pid: Number(row['pid']),
    ...(typeof user === 'string' ? {user} : {}),
    ...(typeof application === 'string' && application !== '' ? {applicationName: application} : {}),
    ...(typeof address === 'string' ? {clientAddress: address} : {}),
    ...(typeof age === 'number' ? {ageSeconds: Math.max(0, age)} : {}),
  };
}
