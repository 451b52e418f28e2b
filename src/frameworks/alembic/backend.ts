import {setTimeout as sleep} from 'node:timers/promises';
import type {Session, Signal} from '../../core/session.ts';

/** The server processes that the runner's connections have. */
export interface Backend {
  saw(pid: number): void;
  pids(): readonly number[];
  /** Nothing is cancelled any more. */
  end(): void;
}

/**
 * Cancels what the runner's connection is doing when the signal is aborted: most drivers do not come back from a long
 * statement when their process is interrupted.
 */
export function watchBackend(session: Session, signal: Signal | undefined): Backend {
  const seen: number[] = [];
  const cancel = (): void => {
    for (const pid of seen) void session.query('SELECT pg_catalog.pg_cancel_backend($1)', [pid]);
  };
  signal?.addEventListener('abort', cancel, {once: true});
  return {
    saw: pid => void seen.push(pid),
    pids: () => seen,
    end: () => signal?.removeEventListener('abort', cancel),
  };
}

/** Makes sure that nothing goes on after the runner was ended: its server processes notice that only later. */
export async function endBackends(session: Session, pids: readonly number[]): Promise<void> {
  if (pids.length === 0) return;
  for (let time = 0; time < 40; time += 1) {
    const left = await session.query(
      'SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE pid = ANY ($1::int4[]) AND datname = pg_catalog.current_database()',
      [pids],
    );
    if (!left.ok || left.value.rows.length === 0) return;
    await sleep(50);
  }
}
