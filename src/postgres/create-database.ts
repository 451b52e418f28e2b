import {fail, ok, type Failure, type Outcome} from '../core/outcome.ts';
import type {Session} from '../core/session.ts';
import {quoteIdentifier} from '../core/sql/quote.ts';

/** What every server has, unless somebody dropped the first. */
const usual = ['postgres', 'template1'] as const;

/**
 * Makes an empty database, which then belongs to the user who signs in.
 * Failures: those of a session, `sql` with advice; a database that is there already is one as well
 * @param open a session to another database of the same server, which may write
 */
export async function createDatabase(
  open: (database: string) => Promise<Outcome<Session>>,
  name: string,
): Promise<Outcome<void>> {
  const session = await openUsual(open);
  if (!session.ok) return session;
  const created = await session.value.script(`CREATE DATABASE ${quoteIdentifier(name)}`);
  await session.value.close();
  return created.ok ? ok(undefined) : refused(session.value, name, created.failure);
}

async function openUsual(open: (database: string) => Promise<Outcome<Session>>): Promise<Outcome<Session>> {
  const first = await open(usual[0]);
  return !first.ok && first.failure.reason === 'no-such-database' ? open(usual[1]) : first;
}

function refused({server}: Session, name: string, failure: Failure): Outcome<never> {
  const told = failure.server ? {server: failure.server} : {};
  switch (failure.server?.sqlState) {
    case '42501':
      return fail('sql', `"${server.user}" may not create databases.`, {
        ...told,
        advice: `Let an administrator make it for "${server.user}", or ask for ALTER ROLE … CREATEDB.`,
      });
    case '42P04':
      return fail('sql', `There is a database "${name}" already.`, {...told, advice: 'Connect to it.'});
    case '55006':
      return fail('sql', 'The new database is copied from template1, to which somebody is connected.', {
        ...told,
        advice: 'Try again in a moment.',
      });
    default:
      return {ok: false, failure};
  }
}
