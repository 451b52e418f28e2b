import {afterAll, beforeAll, expect, it} from 'vitest';
import type {SchemaSnapshot} from '../../src/core/schema/objects.ts';
import type {Session} from '../../src/core/session.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {openFor} from '../rig/sessions.ts';
import {compared, pairsFor, schemaOf, scriptOf, told} from './rig.ts';

/** Between them PostgreSQL has changed how it writes views and what it keeps in the catalogs. */
const majors = [14, 16, 18] as const;
let databases: readonly TestDatabase[] = [];
let sessions: readonly Session[] = [];
beforeAll(async () => {
  databases = await Promise.all(majors.map(async major => createDatabase(major, 'versions')));
  sessions = await Promise.all(databases.map(async database => openFor(database)));
});
afterAll(async () => {
  await Promise.all(sessions.map(async session => session.close()));
  await Promise.all(databases.map(async database => database.drop()));
});

/** What one text makes is the same for every version that has it, whichever is expected. */
it.each(pairsFor(18))('$about', async pair => {
  const able = sessions.filter((_, index) => (majors[index] ?? 0) >= (pair.since ?? 0));
  const snapshots = await Promise.all(able.map(async session => schemaOf(session, scriptOf(pair, pair.b))));
  const newest = snapshots.at(-1);
  if (!newest) return;
  for (const older of snapshots.slice(0, -1)) expect(await differences(newest, older)).toEqual([]);
});

async function differences(one: SchemaSnapshot, other: SchemaSnapshot): Promise<readonly string[]> {
  const both = [...told(await compared(one, other)), ...told(await compared(other, one))];
  return both.map(difference => `${one.versionNumber} and ${other.versionNumber}: ${difference}`);
}
