import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {SchemaSnapshot} from '../../src/core/schema/objects.ts';
import {reconcile} from '../../src/core/schema/reconcile/reconcile.ts';
import type {Session} from '../../src/core/session.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {majors} from '../rig/servers.ts';
import {openFor} from '../rig/sessions.ts';
import {compared, pairsFor, schemaOf, scriptOf, told} from './rig.ts';

/** `HOWDAH_MAJOR=16` tries one version only. */
const chosen = majors.filter(major => (process.env['HOWDAH_MAJOR'] ?? String(major)) === String(major));

describe.each(chosen)('a migration written from two schemas on PostgreSQL %i', major => {
  let database: TestDatabase;
  let session: Session;

  beforeAll(async () => {
    database = await createDatabase(major);
    session = await openFor(database);
  });
  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  const cases = pairsFor(major).flatMap(pair => [
    {about: `${pair.about}, there`, from: scriptOf(pair, pair.a), to: scriptOf(pair, pair.b)},
    {about: `${pair.about}, and back`, from: scriptOf(pair, pair.b), to: scriptOf(pair, pair.a)},
  ]);

  it.each(cases)('leads from one to the other in its short forms: $about', async ({from, to}) => {
    const [was, wanted] = [await schemaOf(session, from), await schemaOf(session, to)];
    const {statements, leftOut} = reconcile({
      from: was,
      to: wanted,
      comparison: await compared(wanted, was),
      options: {safe: false},
    });
    await expectReached(
      from,
      wanted,
      statements.map(({sql}) => sql),
      leftOut.map(({key}) => key),
    );
  });

  it.each(cases)('leads from one to the other without locking for long: $about', async ({from, to}) => {
    const [was, wanted] = [await schemaOf(session, from), await schemaOf(session, to)];
    const {statements, leftOut} = reconcile({from: was, to: wanted, options: {renames: false}});
    await expectReached(
      from,
      wanted,
      statements.map(({sql, plain}) => plain ?? sql),
      leftOut.map(({key}) => key),
    );
  });

  async function expectReached(
    from: string,
    wanted: SchemaSnapshot,
    statements: readonly string[],
    leftOut: readonly string[],
  ): Promise<void> {
    const script = statements.map(sql => `${sql};\n`).join('');
    const reached = await schemaOf(session, `${from};\n${script}`).catch((problem: unknown) =>
      expect.fail(`${String(problem)}\n${script}`),
    );
    const left = told(await compared(wanted, reached));
    expect(
      left.filter(words => !leftOut.some(key => words.startsWith(`${key}: `))),
      script,
    ).toEqual([]);
  }
});
