import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {SchemaSnapshot} from '../../src/core/schema/objects.ts';
import {reconcile} from '../../src/core/schema/reconcile/reconcile.ts';
import type {Session} from '../../src/core/session.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import type {Major} from '../rig/servers.ts';
import {readPlanned} from '../rig/planned.ts';
import {openFor, value} from '../rig/sessions.ts';
import type {Pair} from './pair.ts';
import {compared, inTransaction, pairsFor, scriptOf, told} from './rig.ts';

/** For any A and B: A is as A, B is not as A, and the written migration makes each of them of the other. */
export function testProperty(major: Major): void {
  describe(`PostgreSQL ${major}`, () => {
    let database: TestDatabase;
    let session: Session;
    beforeAll(async () => {
      database = await createDatabase(major, 'pairs');
      session = await openFor(database);
    });
    afterAll(async () => {
      await session.close();
      await database.drop();
    });
    // The newest tries all of them, both ways; the oldest all, one way; each of those between them a third, one way.
    const both = major === 18;
    const all = both || major === 14;
    const cases = pairsFor(major)
      .filter((_, index) => all || index % 3 === major % 3)
      .map((pair, index) => ({
        about: pair.about,
        pair: both ? pair : oneWay(pair, index),
      }));
    it.each(cases)('$about', async ({pair}) => testPair(session, pair, {both}));
    if (cases.length === 0) it('has none of the chosen pairs', () => {});
  });
}

/** @returns the pair, every other one the other way round */
export function oneWay(pair: Pair, index: number): Pair {
  return pair.noWay || index % 2 === 0 ? pair : {...pair, a: pair.b, b: pair.a};
}

export async function testPair(
  session: Session,
  pair: Pair,
  {both}: {readonly both: boolean},
): Promise<void> {
  const a = await inTransaction(session, async () => {
    value(await session.script(scriptOf(pair, pair.a)));
    return readPlanned(session);
  });
  await inTransaction(session, async () => {
    value(await session.script(scriptOf(pair, pair.b)));
    const b = await readPlanned(session);
    expect(told(await compared(a, a)), 'A is as A').toEqual([]);
    expect(told(await compared(a, b)), 'B is not as A').not.toEqual([]);
    expect(told(await compared(b, a)), 'A is not as B').not.toEqual([]);
    if (pair.noWay) {
      const comparison = await compared(a, b);
      expect((await reconcile({from: b, to: a, comparison})).leftOut).not.toEqual([]);
      return;
    }
    const back = await reconciled(session, b, a);
    expect(told(await compared(a, back)), 'B made to A').toEqual([]);
    if (!both) return;
    const again = await reconciled(session, back, b);
    expect(told(await compared(b, again)), 'A made to B').toEqual([]);
  });
}

/** Without CONCURRENTLY and its like: all runs in one transaction, which is rolled back. */
async function reconciled(
  session: Session,
  from: SchemaSnapshot,
  to: SchemaSnapshot,
): Promise<SchemaSnapshot> {
  const comparison = await compared(to, from);
  const {statements} = await reconcile({from, to, comparison, options: {safe: false}});
  const sql = statements.map(statement => statement.sql).join(';\n');
  if (statements.length > 0) {
    const ran = await session.script(sql);
    if (!ran.ok) expect.fail(`${ran.failure.message}\n${sql}`);
  }
  return readPlanned(session);
}
