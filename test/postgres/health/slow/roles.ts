import type {PartName, Reading} from '../../../../src/core/health/parts.ts';
import type {Assessment} from '../../../../src/core/health/assess.ts';
import {readHealth} from '../../../../src/postgres/health/read-health.ts';
import type {TestDatabase} from '../../../rig/databases.ts';
import {openFor, value} from '../../../rig/sessions.ts';

/** Roles are the server's, so their names carry the database's. */
export type Who = 'superuser' | 'monitor' | 'ordinary';

/** Makes a member of pg_monitor and a role without rights beside the superuser. */
export async function makeRoles(database: TestDatabase): Promise<void> {
  await database.sql(`CREATE ROLE "${database.name}_monitor" LOGIN PASSWORD 'postgres' IN ROLE pg_monitor;
    CREATE ROLE "${database.name}_ordinary" LOGIN PASSWORD 'postgres'`);
}

export async function dropWithRoles(database: TestDatabase, others: readonly string[] = []): Promise<void> {
  for (const role of [`${database.name}_monitor`, `${database.name}_ordinary`, ...others])
    await database.sql(`DROP OWNED BY "${role}"; DROP ROLE "${role}"`);
  await database.drop();
}

/** Reads parts as one of the three. */
export async function readAs(database: TestDatabase, who: Who, parts: readonly PartName[]): Promise<Reading> {
  const user = who === 'superuser' ? 'postgres' : `${database.name}_${who}`;
  const session = await openFor(database, {user});
  try {
    return value(await readHealth(session, parts)).reading;
  } finally {
    await session.close();
  }
}

/** @returns what a check found, as `severity: what` */
export function foundBy({findings}: Assessment, check: string): readonly string[] {
  return findings
    .filter(finding => finding.check === check)
    .map(({severity, what}) => `${severity}: ${what}`);
}

/** @returns every statement that the findings of a check offer */
export function offeredBy({findings}: Assessment, check: string): readonly string[] {
  return findings
    .filter(finding => finding.check === check)
    .flatMap(({actions}) => actions)
    .flatMap(action => {
      if (action.kind === 'migration') return action.migrations.flatMap(({up, down}) => [up, down]);
      return action.kind === 'show-sql' ? [action.sql] : [];
    });
}
