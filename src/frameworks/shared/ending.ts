import type {Position} from '../../core/migrations/migration.ts';
import type {RunReport} from '../../core/migrations/plan.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession} from '../framework.ts';

/** Where a run has left the database. */
export interface Ending {
  readonly position: RunReport['position'];
  readonly lost: boolean;
  /** The lost session's server process, when it is still at work. */
  readonly stillWorking?: number;
}

type ReadPosition = (session: Session) => Promise<Outcome<Position>>;

/** Asks where a run has left the database; over a new connection where the first one is gone. */
export async function readEnding(
  session: Session,
  reopen: OpenSession,
  readPosition: ReadPosition,
): Promise<Ending> {
  const read = session.transactionStatus() === 'gone' ? undefined : await readPosition(session);
  if (read?.ok === true) return {position: read.value, lost: false};
  return lookAfterLoss(session.server.backendPid, reopen, readPosition);
}

async function lookAfterLoss(pid: number, reopen: OpenSession, readPosition: ReadPosition): Promise<Ending> {
  const opened = await reopen();
  if (!opened.ok) return {position: {kind: 'unknown'}, lost: true};
  const session = opened.value;
  try {
    const read = await readPosition(session);
    const working = await session.query(
      `SELECT 1 FROM pg_catalog.pg_stat_activity WHERE pid = $1 AND state IS DISTINCT FROM 'idle' AND pid <> pg_catalog.pg_backend_pid()`,
      [pid],
    );
    return {
      position: read.ok ? read.value : {kind: 'unknown'},
      lost: true,
      ...(working.ok && working.value.rows.length > 0 ? {stillWorking: pid} : {}),
    };
  } finally {
    await session.close();
  }
}
