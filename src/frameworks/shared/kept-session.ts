import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession} from '../framework.ts';
import {backendSql} from './sql/backend.ts';

/**
 * Makes sure that this session keeps one server process, without which a session lock protects nothing. A pooler in
 * transaction mode hands out the last idle server connection again, so that asking repeatedly on one connection proves
 * little: a second session with an open transaction makes it show. Failures: `session-not-kept`.
 */
export async function checkSessionKept(session: Session, open?: OpenSession): Promise<Outcome<void>> {
  const first = await backendOf(session);
  if (!first.ok) return first;
  // A standalone backend, as the WASM build is, is the only process of its server: there is no other one to get.
  if (first.value.single) return ok(undefined);
  const provoked = open === undefined ? ok(true) : await provoke(first.value.pid, open, session);
  if (!provoked.ok) return provoked;
  for (let time = 0; provoked.value && time < 3; time += 1) {
    const again = await backendOf(session);
    if (!again.ok) return again;
    if (again.value.pid !== first.value.pid) return notKept();
  }
  return provoked.value ? ok(undefined) : notKept();
}

/** @returns false when the second session got, or pushed the first one to, another server process. */
async function provoke(pid: number, open: OpenSession, session: Session): Promise<Outcome<boolean>> {
  const opened = await open();
  // No room for a second connection is no proof of anything; the plain check remains.
  if (!opened.ok) return ok(true);
  const second = opened.value;
  try {
    const begun = await second.script('BEGIN');
    const other = begun.ok ? await backendOf(second) : begun;
    // A second session that cannot even begin says nothing about the first.
    if (!other.ok) return ok(true);
    if (other.value.pid === pid) return ok(false);
    const first = await backendOf(session);
    return first.ok ? ok(first.value.pid === pid) : first;
  } finally {
    await second.script('ROLLBACK');
    await second.close();
  }
}

async function backendOf(
  session: Session,
): Promise<Outcome<{readonly pid: number; readonly single: boolean}>> {
  const asked = await session.query(backendSql);
  if (!asked.ok) return asked;
  const row = asked.value.rows[0];
  return ok({pid: Number(row?.['pid']), single: row?.['single'] === true});
}

function notKept(): Outcome<never> {
  return fail(
    'session-not-kept',
    'This connection goes through a pooler that gives each transaction another server process, so neither the migration lock nor a time limit would hold. Nothing has run.',
    {
      advice:
        'Connect to PostgreSQL directly, or through a pool in session mode (PgBouncer: pool_mode = session), for migrations.',
    },
  );
}
