import type {RunReport} from '../../core/migrations/plan.ts';
import type {OpenSession} from '../framework.ts';
import {readPosition, type Table} from './bookkeeping.ts';

/** Where a run has left the database. */
export interface Ending {
  readonly position: RunReport['position'];
  readonly lost: boolean;
  /** The lost session's server process, when it is still at work. */
  readonly stillWorking?: number;
}

/** Asks over a new connection, because the first one is gone. */
export async function lookAfterLoss(pid: number, table: Table, reopen: OpenSession): Promise<Ending> {
  const opened = await reopen();
  if (!opened.ok) return {position: {kind: 'unknown'}, lost: true};
  const session = opened.value;
  try {
    const read = await readPosition(session, table);
    const working = await session.query(
      `SELECT 1 FROM pg_catalog.pg_stat_activity WHERE pid = $1 AND state IS DISTINCT FROM 'idle' AND pid <> pg_catalog.pg_backend_pid()`,
      [pid],
    );
    return {
      position: read.ok ? read.value.position : {kind: 'unknown'},
      lost: true,
      ...(working.ok && working.value.rows.length > 0 ? {stillWorking: pid} : {}),
    };
  } finally {
    await session.close();
  }
}
