import * as z from 'zod/mini';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import {nameEndpoint} from './failures.ts';
import type {Identity} from './identity.ts';
import {backendSql, missingParametersSql, setParameterSql} from './identity-sql.ts';
import type {Link} from './link.ts';
import type {Parameter} from './start-options.ts';

const MissingRows = z.array(z.object({name: z.string(), value: z.string()}));
const BackendRow = z.object({pid: z.int()});

/**
 * Sees to it that the session has the parameters that the start-up message asked for. PgBouncer refuses or drops
 * most of them; a SET afterwards is only good where the server connection stays with the client, and elsewhere
 * would fall on another client.
 * @param second opens another session the same way
 * Failures: `session-not-kept` behind a pooler in transaction mode, `sql` for a parameter that the server refuses.
 */
export async function ensureParameters(
  link: Link,
  {server}: Identity,
  wanted: readonly Parameter[],
  second: () => Promise<Outcome<Link>>,
): Promise<Outcome<void>> {
  if (wanted.length === 0) return ok(undefined);
  const missing = await missingParameters(link, wanted);
  if (!missing.ok || missing.value.length === 0) return missing.ok ? ok(undefined) : missing;
  // A pooler makes up the process number of its cancel key.
  const pooled = link.key?.processId !== server.backendPid;
  if (pooled && !(await keepsSession(link, second))) return notKept(link, missing.value);
  for (const [name, value] of missing.value) {
    const set = await link.query(setParameterSql, [name, value]);
    if (!set.ok) return set;
  }
  return ok(undefined);
}

async function missingParameters(
  link: Link,
  wanted: readonly Parameter[],
): Promise<Outcome<readonly Parameter[]>> {
  const answer = await link.query(missingParametersSql, [
    wanted.map(([name]) => name),
    wanted.map(([, value]) => value),
  ]);
  if (!answer.ok) return answer;
  return ok(MissingRows.parse(answer.value.rows).map(({name, value}) => [name, value] as const));
}

/**
 * Opens a transaction on a second session: a pooler in transaction mode gives it the server connection that
 * this session, idle in between, had a moment ago.
 */
async function keepsSession(link: Link, second: () => Promise<Outcome<Link>>): Promise<boolean> {
  const before = await backend(link);
  const other = await second();
  if (!other.ok) return false;
  const began = await other.value.query('BEGIN');
  const taken = await backend(other.value);
  // Where all sessions share one backend, this one would now wait for the other's transaction.
  const shared = before === undefined || before === taken;
  const after = shared ? undefined : await backend(link);
  await other.value.query('ROLLBACK');
  await other.value.close();
  return began.ok && !shared && before === after;
}

async function backend(link: Link): Promise<number | undefined> {
  const answer = await link.query(backendSql);
  const parsed = BackendRow.safeParse(answer.ok ? answer.value.rows[0] : undefined);
  return parsed.success ? parsed.data.pid : undefined;
}

function notKept(link: Link, missing: readonly Parameter[]): Outcome<void> {
  const names = missing.map(([name]) => name).join(', ');
  return fail(
    'session-not-kept',
    `${nameEndpoint(link.route.place.endpoint)} does not let a session begin with ${names}, and shares its server connections between clients, so that a SET would fall on others.`,
    {
      advice: `Connect to the server itself instead of its pooler, or set ${names} for the user with ALTER ROLE … SET.`,
    },
  );
}
