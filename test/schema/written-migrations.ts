import {afterAll, beforeAll, expect, it} from 'vitest';
import type {SchemaSnapshot} from '../../src/core/schema/objects.ts';
import {migrationTexts} from '../../src/core/schema/reconcile/migration-files.ts';
import {reconcile} from '../../src/core/schema/reconcile/reconcile.ts';
import type {Session} from '../../src/core/session.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import type {Major} from '../rig/servers.ts';
import {readPlanned} from '../rig/planned.ts';
import {openFor, value} from '../rig/sessions.ts';
import {columnPairs} from './pairs/columns.ts';
import {constraintPairs, indexPairs} from './pairs/constraints.ts';
import {partitionPairs} from './pairs/partitions.ts';
import {tablePairs} from './pairs/tables.ts';
import {sequencePairs, typePairs} from './pairs/types.ts';
import {compared, inTransaction, scriptOf, told} from './rig.ts';

const relations = [
  ...tablePairs,
  ...partitionPairs,
  ...columnPairs,
  ...constraintPairs,
  ...indexPairs,
  ...typePairs,
  ...sequencePairs,
];
const wanted = new RegExp(process.env['HOWDAH_PAIR'] ?? '');

/** Declares the tests of one version: what is written leads from one schema of a pair to the other. */
export function testWrittenMigrations(major: Major): void {
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

  // The newest tries all of them, both ways; each of the others a third, one way.
  const all = major === 18;
  const cases = relations
    .filter(({about, since = 14, noWay}) => since <= major && !noWay && wanted.test(about))
    .filter((_, index) => all || index % 3 === major % 3)
    .flatMap((pair, index) => {
      const there = {about: `${pair.about}, there`, from: scriptOf(pair, pair.a), to: scriptOf(pair, pair.b)};
      const back = {
        about: `${pair.about}, and back`,
        from: scriptOf(pair, pair.b),
        to: scriptOf(pair, pair.a),
      };
      if (all) return [there, back];
      return index % 2 === 0 ? [there] : [back];
    });

  it.each(cases)('lead to the schema, and each is undone by its own: $about', async ({from, to}) => {
    const end = await inTransaction(session, async () => {
      value(await session.script(to));
      return readPlanned(session);
    });
    await inTransaction(session, async () => {
      value(await session.script(from));
      const start = await readPlanned(session);
      const comparison = await compared(end, start);
      const up = await reconcile({from: start, to: end, comparison});
      const down = await reconcile({from: end, to: start, comparison});
      const files = migrationTexts(up, down);
      const text = files.map(file => `-- ${file.title}\n${file.up}-- DOWN\n${file.down}`).join('\n');
      const states: SchemaSnapshot[] = [start];
      for (const file of files) states.push(await after(file.up, text));
      const reached = told(await compared(end, states.at(-1) ?? start));
      if (up.leftOut.length > 0) return;
      expect(reached, text).toEqual([]);
      if (down.leftOut.length > 0) return;
      for (const [at, file] of [...files.entries()].toReversed()) {
        const back = await after(file.down, text);
        expect(told(await compared(states[at] ?? start, back)), `down of ${file.title}\n${text}`).toEqual([]);
      }
    });
  });

  /** Without CONCURRENTLY, because all runs in one transaction. */
  async function after(sql: string, all: string): Promise<SchemaSnapshot> {
    const ran = await session.script(sql.replaceAll(' CONCURRENTLY', ''));
    if (!ran.ok) expect.fail(`${ran.failure.message} in\n${sql}\nof\n${all}`);
    return readPlanned(session);
  }
}
