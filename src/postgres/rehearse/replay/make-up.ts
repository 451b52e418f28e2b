import * as z from 'zod';
import {ok, type Outcome} from '../../../core/outcome.ts';
import {clusterNamesOf, mayNameCluster} from '../../../core/rehearse/cluster-names.ts';
import type {MigrationScript} from '../../../core/rehearse/script.ts';
import type {Session} from '../../../core/session.ts';
import {mentions} from '../../../core/sql/locate.ts';
import type {Parser} from '../../../core/sql/parser.ts';
import {quoteIdentifier} from '../../../core/sql/quote.ts';
import {madeUpSql, missingDatabasesSql, missingRolesSql} from './sql.ts';

const Names = z.array(z.object({name: z.string()}));

const MadeUp = z.array(z.object({name: z.string(), kind: z.enum(['role', 'database'])}));

/** By which what was made up is known again in a state that was kept. */
const comment = 'Made up by Howdah';

/** Makes the tool's own table for a file that names it. */
export async function makeBookkeeping(
  session: Session,
  {sql, bookkeeping}: MigrationScript,
): Promise<Outcome<void>> {
  if (!bookkeeping || !mentions(sql, bookkeeping.name)) return ok(undefined);
  return session.script(bookkeeping.sql);
}

/**
 * Makes what a file takes for granted on a server: roles that nobody logs in as, and databases with nothing in them.
 * What the file makes itself is left to it. A file that does not parse names nothing.
 */
export async function makeUp(
  session: Session,
  parser: Parser,
  script: MigrationScript,
): Promise<Outcome<void>> {
  if (!mayNameCluster(script.sql)) return ok(undefined);
  const parsed = await parser.parse(script.sql);
  if (!parsed.ok) return ok(undefined);
  const names = clusterNamesOf(parsed.value, script.sql);
  const roles = await makeRoles(session, names.roles);
  return roles.ok ? makeDatabases(session, names.databases) : roles;
}

/** Makes roles that are known to be on the target, so that there is nothing to tell. */
export async function takeOverRoles(session: Session, names: readonly string[]): Promise<Outcome<void>> {
  return makeMissing(session, names, {
    find: missingRolesSql,
    texts: name => [`CREATE ROLE ${quoteIdentifier(name)} NOLOGIN`],
  });
}

async function makeRoles(session: Session, names: readonly string[]): Promise<Outcome<void>> {
  return makeMissing(session, names, {
    find: missingRolesSql,
    texts: name => [
      `CREATE ROLE ${quoteIdentifier(name)} NOLOGIN`,
      `COMMENT ON ROLE ${quoteIdentifier(name)} IS '${comment}'`,
    ],
  });
}

async function makeDatabases(session: Session, names: readonly string[]): Promise<Outcome<void>> {
  return makeMissing(session, names, {
    find: missingDatabasesSql,
    texts: name => [
      `CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0`,
      `COMMENT ON DATABASE ${quoteIdentifier(name)} IS '${comment}'`,
    ],
  });
}

async function makeMissing(
  session: Session,
  names: readonly string[],
  {find, texts}: {readonly find: string; readonly texts: (name: string) => readonly string[]},
): Promise<Outcome<void>> {
  if (names.length === 0) return ok(undefined);
  const found = await session.query(find, [[...names]]);
  if (!found.ok) return found;
  for (const text of Names.parse(found.value.rows).flatMap(({name}) => texts(name))) {
    const made = await session.script(text);
    if (!made.ok) return made;
  }
  return ok(undefined);
}

/** @returns a sentence for each role and database that is there because a file names it */
export async function madeUp(session: Session): Promise<Outcome<readonly string[]>> {
  const found = await session.query(madeUpSql, [comment]);
  if (!found.ok) return found;
  return ok(MadeUp.parse(found.value.rows).map(({name, kind}) => words[kind](name)));
}

const words = {
  role: (name: string) => `The role ${name} was made up: migrations name it, and none before them makes it.`,
  database: (name: string) =>
    `A database ${name} was made up, because migrations name it. What they set for it has no effect here.`,
} as const;
