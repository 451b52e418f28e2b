import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {compareSchemas} from '../../src/core/schema/compare/compare.ts';
import type {SchemaSnapshot} from '../../src/core/schema/objects.ts';
import {reconcile} from '../../src/core/schema/reconcile/reconcile.ts';
import type {Session} from '../../src/core/session.ts';
import {openSession} from '../../src/postgres/connect.ts';
import {useRig} from '../embedded/rig.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {readPlanned} from '../rig/planned.ts';
import {majors, type Major} from '../rig/servers.ts';
import {openFor, openOptions, value} from '../rig/sessions.ts';
import {history} from './history.ts';
import {compared, inTransaction, parser} from './rig.ts';

const rig = useRig();
const databases: TestDatabase[] = [];
const sessions = new Map<Major, Session>();
let replayed: SchemaSnapshot;

beforeAll(async () => {
  for (const major of majors) {
    const database = await createDatabase(major, 'history');
    databases.push(database);
    sessions.set(major, await openFor(database));
  }
  const {password: _, ...options} = openOptions;
  const embedded = value(await openSession((await rig.shared()).settings, options));
  replayed = await inTransaction(embedded, async () => led(embedded));
  await embedded.close();
});
afterAll(async () => {
  for (const session of sessions.values()) await session.close();
  for (const database of databases) await database.drop();
});

/** What the history leads to. */
async function led(session: Session): Promise<SchemaSnapshot> {
  for (const [index, sql] of history.entries()) {
    const ran = await session.script(sql);
    if (!ran.ok) expect.fail(`migration ${index + 1}: ${ran.failure.message}`);
  }
  return readPlanned(session);
}

describe.each(majors)('the history on PostgreSQL %i', major => {
  const session = (): Session => sessions.get(major) ?? expect.fail('not open');

  it('leads to the same as in the embedded server, whoever owns it there', async () => {
    const live = await inTransaction(session(), async () => {
      value(await session().script('CREATE ROLE app SUPERUSER; SET LOCAL SESSION AUTHORIZATION app'));
      const made = await led(session());
      value(await session().script('RESET SESSION AUTHORIZATION'));
      return made;
    });
    const sameRole = {expected: 'postgres', live: 'app'};
    const {differences, gaps} = await compareSchemas(parser, replayed, live, {sameRole});
    expect(differences.map(({words}) => words)).toEqual([]);
    expect(gaps).toEqual([...replayed.gaps, ...live.gaps]);
  });

  it('is made again of nothing by the written migration', async () => {
    const empty = await readPlanned(session());
    const made = await inTransaction(session(), async () => led(session()));
    const again = await inTransaction(session(), async () => {
      value(await session().script('CREATE ROLE reader_role; CREATE ROLE writer_role'));
      const {statements} = await reconcile({from: empty, to: made, options: {safe: false}});
      for (const {sql} of statements) {
        const ran = await session().script(sql);
        if (!ran.ok) expect.fail(`${ran.failure.message}\n${sql}`);
      }
      return readPlanned(session());
    });
    expect((await compared(made, again)).differences.map(({words}) => words)).toEqual([]);
  });
});
