import {setTimeout as sleep} from 'node:timers/promises';
import type {Session, Signal} from '../../core/session.ts';

/** The server process that the runner's connection has. */
export interface Backend {
  saw(pid: number): void;
  pid(): number | undefined;
  /** Nothing is cancelled any more. */
  end(): void;
}

/**
 * Cancels what the runner's connection is doing when the signal is aborted: most drivers do not come back from a long
 * statement when their process is interrupted.
 */
export function watchBackend(session: Session, signal: Signal | undefined): Backend {
  let seen: number | undefined;
  const cancel = (): void => {
    if (seen !== undefined) void session.query('SELECT pg_catalog.pg_cancel_backend($1)', [seen]);
  };
  signal?.addEventListener('abort', cancel, {once: true});
  return {
    saw: pid => {
      seen = pid;
    },
    pid: () => seen,
    end: () => signal?.removeEventListener('abort', cancel),
  };
}

/** Makes sure that nothing goes on after the runner was ended: its server process notices that only later. */
export async function endBackend(session: Session, pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  for (let time = 0; time < 40; time += 1) {
    const left = await session.query(
      'SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE pid = $1 AND datname = pg_catalog.current_database()',
      [pid],
    );
    if (!left.ok || left.value.rows.length === 0) return;
    await sleep(50);
  }
}
