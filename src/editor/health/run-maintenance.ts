import {partOf} from '../../core/health/assess.ts';
import {phaseWords} from '../../core/health/maintenance.ts';
import type {ProgressRow} from '../../core/health/parts/progress.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {readHealth} from '../../postgres/health/read-health.ts';

/** ms between two looks at how far a command is. */
const lookEvery = 500;

export interface MaintenanceOptions {
  /** Opens a session that is closed here; without `signal` one that looks on, which may ask for nothing. */
  readonly open: (signal?: Signal) => Promise<Outcome<Session>>;
  /** ms that the command waits for a lock. */
  readonly lockTimeout: number;
  /** Cancels the command. */
  readonly signal: Signal;
  readonly onProgress: (progress: ReturnType<typeof phaseWords>) => void;
}

/** Runs a command on a session of its own, and tells meanwhile how far it is. @returns once both sessions are closed */
export async function runMaintenance(sql: string, options: MaintenanceOptions): Promise<Outcome<void>> {
  const {open, lockTimeout, signal, onProgress} = options;
  const session = await open(signal);
  if (!session.ok) return session;
  const ended = new AbortController();
  const watching = watch(open, session.value.server.backendPid, ended.signal, onProgress);
  const limits = await session.value.script(limitsFor(sql, lockTimeout));
  const outcome = limits.ok ? await session.value.script(sql, signal) : limits;
  ended.abort();
  await Promise.all([watching, session.value.close()]);
  return outcome;
}

/**
 * Whoever starts a command by hand can cancel it, so no timeout of a role ends it. It waits for a lock as long as a
 * migration does; only REINDEX CONCURRENTLY, which leaves an invalid index behind when it is broken off, as long as it takes.
 */
function limitsFor(sql: string, lockTimeout: number): string {
  const lock = sql.includes('CONCURRENTLY') ? 0 : Math.round(lockTimeout);
  return `SET statement_timeout = 0; SET lock_timeout = ${lock}`;
}

/** Asks on a second session how far the first one is. Without it the command goes on, and only its words are missing. */
async function watch(
  open: MaintenanceOptions['open'],
  pid: number,
  ended: AbortSignal,
  onProgress: MaintenanceOptions['onProgress'],
): Promise<void> {
  const session = await open();
  if (!session.ok) return;
  while (!ended.aborted) {
    const row = await progressOf(session.value, pid);
    if (!ended.aborted) onProgress(phaseWords(row));
    await Promise.race([
      new Promise(resolve => setTimeout(resolve, lookEvery)),
      new Promise(resolve => ended.addEventListener('abort', resolve, {once: true})),
    ]);
  }
  await session.value.close();
}

async function progressOf(session: Session, pid: number): Promise<ProgressRow | undefined> {
  const read = await readHealth(session, ['progress']);
  const part = read.ok ? partOf(read.value.reading, 'progress') : undefined;
  return part?.rows.find(row => row.pid === pid);
}
