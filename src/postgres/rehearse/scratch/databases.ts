import * as z from 'zod';
import {fail, type Failure, type Outcome} from '../../../core/outcome.ts';
import type {Session} from '../../../core/session.ts';
import {quoteIdentifier} from '../../../core/sql/quote.ts';
import {newMark} from './mark.ts';
import {likenessSql, mayCreateSql} from './sql.ts';

const Likeness = z.object({
  encoding: z.string(),
  collate: z.string(),
  ctype: z.string(),
  /** `c`, `i` or `b`; absent before 15. */
  provider: z.string().nullable(),
  locale: z.string().nullable(),
});

/**
 * Makes an empty database with the encoding and the locale of the one that `session` is connected to, and says in its
 * comment whose it is.
 * Failures: `sql` with advice
 */
export async function createScratchDatabase(
  session: Session,
  name: string,
  now: Date,
): Promise<Outcome<void>> {
  const may = await session.query(mayCreateSql);
  if (!may.ok) return may;
  if (may.value.rows[0]?.['may'] !== true) return notAllowed(session);
  const likeness = await session.query(likenessSql);
  if (!likeness.ok) return likeness;
  const like = Likeness.parse(likeness.value.rows[0]);
  const created = await session.script(
    `CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0 ${optionsOf(like)}`,
  );
  return created.ok ? markDatabase(session, name, now) : explainRefusal(created.failure);
}

/** @returns a copy of a database to which nobody is connected */
export async function copyDatabase(
  session: Session,
  {from, to, now}: {readonly from: string; readonly to: string; readonly now: Date},
): Promise<Outcome<void>> {
  const copied = await session.script(
    `CREATE DATABASE ${quoteIdentifier(to)} TEMPLATE ${quoteIdentifier(from)}`,
  );
  return copied.ok ? markDatabase(session, to, now) : explainRefusal(copied.failure);
}

/** Ends the connections to it first. A database that is not there is no failure. */
export async function dropDatabase(session: Session, name: string): Promise<Outcome<void>> {
  return session.script(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`);
}

async function markDatabase(session: Session, name: string, now: Date): Promise<Outcome<void>> {
  const mark = newMark(session.server.user, now).replaceAll("'", "''");
  const marked = await session.script(`COMMENT ON DATABASE ${quoteIdentifier(name)} IS '${mark}'`);
  if (!marked.ok) await dropDatabase(session, name);
  return marked;
}

/** Options of CREATE DATABASE from 15 on; before, the locale is the C library's. */
function optionsOf({encoding, collate, ctype, provider, locale}: z.infer<typeof Likeness>): string {
  const common = `ENCODING ${literal(encoding)} LC_COLLATE ${literal(collate)} LC_CTYPE ${literal(ctype)}`;
  if (provider === 'i') return `${common} LOCALE_PROVIDER icu ICU_LOCALE ${literal(locale ?? '')}`;
  if (provider === 'b') return `${common} LOCALE_PROVIDER builtin BUILTIN_LOCALE ${literal(locale ?? '')}`;
  return provider === 'c' ? `${common} LOCALE_PROVIDER libc` : common;
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function notAllowed({server}: Session): Outcome<never> {
  return fail('sql', `The role ${server.user} may not create databases on ${server.host}.`, {
    advice: `Ask for ALTER ROLE ${quoteIdentifier(server.user)} CREATEDB, or rehearse in the embedded PostgreSQL.`,
  });
}

/** Insufficient right, a template in use, and a pooler or a service that takes no such statement. */
function explainRefusal(failure: Failure): Outcome<never> {
  const {sqlState} = failure.server ?? {};
  if (sqlState === '42501')
    return fail('sql', 'This user may not create a database here.', {
      ...keep(failure),
      advice: 'Give the role CREATEDB, or rehearse in the embedded PostgreSQL.',
    });
  if (sqlState === '55006')
    return fail('sql', 'The database that is to be copied is in use by somebody else.', {
      ...keep(failure),
      advice: 'Try again in a moment; nobody should be connected to template0 or to a scratch database.',
    });
  return fail(failure.reason, `No scratch database can be created: ${failure.message}`, {
    ...keep(failure),
    advice:
      failure.advice ??
      'Connect to the server itself and not to a pooler, or rehearse in the embedded PostgreSQL.',
  });
}

function keep({server}: Failure): Pick<Failure, 'server'> {
  return server ? {server} : {};
}
