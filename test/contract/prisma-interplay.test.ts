import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import type {Goal} from '../../src/core/migrations/plan.ts';
import type {Position} from '../../src/core/migrations/migration.ts';
import type {Row, Session} from '../../src/core/session.ts';
import type {RunOptions} from '../../src/frameworks/framework.ts';
import type {TestDatabase} from '../rig/databases.ts';
import {startPrismaEngine, type PrismaEngine} from '../rig/prisma-engine.ts';
import {lendDatabase} from './lent-database.ts';
import {prismaFixture, type PrismaFixture} from './prisma-fixture.ts';
import {listOf} from './prisma-tool.ts';
import {must, openTo} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};
const wanted = 200;

let fixture: PrismaFixture;
/** Where only the tool has been. */
let alone: TestDatabase;
let session: Session;
/** Looks at what the tool has done there. */
let looking: Session;
/** The tool on either database: each command of it lets go of the lock in the end, as its program does. */
let tools: ReadonlyMap<TestDatabase, PrismaEngine>;

beforeAll(async () => {
  fixture = await prismaFixture(17);
  alone = await lendDatabase(17);
  session = must(await openTo(fixture.database));
  looking = must(await openTo(alone));
  const started = [fixture.database, alone].map(
    async database =>
      [database, await startPrismaEngine(database.url, () => listOf(fixture.folder))] as const,
  );
  tools = new Map(await Promise.all(started));
});

afterAll(async () => {
  for (const engine of tools.values()) await engine.close();
  await looking.close();
  await session.close();
  await alone.drop();
  await fixture.dispose();
});

/** The rows without what differs from run to run; `logs` only as far as anybody relies on it. */
const rows = `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS undone,
  applied_steps_count AS steps, CASE WHEN logs > '' THEN 'text' ELSE logs END AS logs, applied_steps_count = 0 AND finished_at = started_at AS at_once,
  id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' AS uuid
  FROM _prisma_migrations ORDER BY started_at`;

async function booksOf(on: Session): Promise<readonly Row[]> {
  const read = await on.query(rows);
  return read.ok ? read.value.rows : [];
}
const status = async () => must(await fixture.project.status(session, {}));

/** mulberry32 */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

async function byExtension(goal: Goal): Promise<void> {
  const plan = await fixture.project.plan(await status(), goal, {});
  if (plan.ok) must(await fixture.project.run(session, plan.value, {}, patient, fixture.open));
}

function toolOn(database: TestDatabase): PrismaEngine {
  const engine = tools.get(database);
  if (!engine) throw new Error('no engine was started');
  return engine;
}

/** A failed deploy throws; what it left behind is compared. */
async function byTool(database: TestDatabase): Promise<void> {
  await toolOn(database)
    .deploy()
    .catch(() => []);
  await toolOn(database).release();
}

async function force(position: Position): Promise<void> {
  must(await fixture.project.force(session, position, {}, patient, fixture.open));
}

async function resolve(
  database: TestDatabase,
  how: 'resolveApplied' | 'resolveRolledBack',
  name: string,
): Promise<void> {
  await toolOn(database)[how](name);
  await toolOn(database).release();
}

/** Both say the same of the same database. */
async function compareReports(after: string): Promise<void> {
  const own = await status();
  const told = await toolOn(fixture.database).diagnose();
  const books = await booksOf(session);
  const of = (...kinds: readonly string[]) =>
    own.migrations.filter(({state}) => kinds.includes(state.kind)).map(({migration}) => migration.id);
  const rowsOf = (name: string) => books.filter(row => row['migration_name'] === name).length;
  const history = told.history;
  const unapplied = history && 'unappliedMigrationNames' in history ? history.unappliedMigrationNames : [];
  const gone = history && 'unpersistedMigrationNames' in history ? history.unpersistedMigrationNames : [];
  expect(told.failedMigrationNames, after).toEqual(of('failed'));
  // The tool counts what was resolved as rolled back as known, and looks at its oldest row only.
  expect(unapplied, after).toEqual(of('pending').filter(name => rowsOf(name) === 0));
  expect(
    told.editedMigrationNames.filter(name => rowsOf(name) === 1 && !of('failed', 'pending').includes(name)),
    after,
  ).toEqual(of('edited').filter(name => rowsOf(name) === 1));
  expect(gone, after).toEqual(expect.arrayContaining([...of('missing-file')]));
  expect(told.hasMigrationsTable, after).toBe(own.bookkeeping.exists);
}

it(`agrees with Prisma's engine after each of ${wanted} operations of either`, async () => {
  const random = generator(20260731);
  const written: string[] = [];
  const story: string[] = [];
  let broken = 0;
  let number = 0;
  const good = (of: number) =>
    `CREATE TABLE t${of} (id int);\nCOMMENT ON TABLE t${of} IS 'semicolon; inside';\n`;
  const bad = (of: number) => `CREATE TABLE t${of} (id int);\nSELECT nothing_there;\n`;
  const add = async (stamp: number, text: (of: number) => string) => {
    number += 1;
    const name = `${String(stamp).padStart(14, '0')}_m${number}`;
    written.push(name);
    await fixture.script(name, text(number));
    return `write ${name}`;
  };
  const numberOf = (name: string) => Number(/m(\d+)$/.exec(name)?.[1]);
  const tool = () => random(2) === 0;
  const who = (byTheTool: boolean) => (byTheTool ? 'the tool' : 'the extension');

  const operations: readonly (() => Promise<string | undefined>)[] = [
    () => add(20260000000000 + number * 10, good),
    () => add(20260000000000 + number * 10 - 35, good),
    () => add(20260000000000 + number * 10, bad),
    async () => {
      const by = tool();
      await (by ? byTool(fixture.database) : byExtension({kind: 'apply-all'}));
      await byTool(alone);
      return `deploy by ${who(by)}`;
    },
    async () => {
      const by = tool();
      await (by ? byTool(fixture.database) : byExtension({kind: 'apply-all'}));
      await byTool(alone);
      return `deploy by ${who(by)}`;
    },
    async () => {
      const {position, migrations} = await status();
      if (position.kind !== 'failed') return undefined;
      broken += 1;
      const by = tool();
      const before = migrations.filter(({migration}) => migration.up !== undefined);
      const previous = before[before.findIndex(({migration}) => migration.id === position.id) - 1];
      if (by) await resolve(fixture.database, 'resolveRolledBack', position.id);
      else await force(previous ? {kind: 'at', id: previous.migration.id} : {kind: 'none'});
      await resolve(alone, 'resolveRolledBack', position.id);
      if (random(3) > 0) await fixture.script(position.id, good(numberOf(position.id)));
      return `resolve ${position.id} as rolled back by ${who(by)}`;
    },
    async () => {
      const {position} = await status();
      if (position.kind !== 'failed') return undefined;
      broken += 1;
      const by = tool();
      if (by) await resolve(fixture.database, 'resolveApplied', position.id);
      else await force({kind: 'at', id: position.id});
      await resolve(alone, 'resolveApplied', position.id);
      return `resolve ${position.id} as applied by ${who(by)}`;
    },
    async () => {
      const {position, migrations} = await status();
      const next = migrations.find(({state}) => state.kind === 'pending');
      if (!next || position.kind === 'failed') return undefined;
      const behind = migrations.slice(migrations.indexOf(next) + 1);
      if (behind.some(({state}) => state.kind !== 'pending')) return undefined;
      // The tool takes one that it has once finished for applied for good.
      const by = tool();
      if (by) await resolve(fixture.database, 'resolveApplied', next.migration.id);
      else await force({kind: 'at', id: next.migration.id});
      await resolve(alone, 'resolveApplied', next.migration.id);
      return `baseline to ${next.migration.id} by ${who(by)}`;
    },
    async () => {
      const name = written[random(written.length)];
      if (name === undefined) return undefined;
      await fixture.script(name, `-- edited ${story.length}\r\n${good(numberOf(name))}`);
      return `edit ${name}`;
    },
    async () => {
      const name = written[random(written.length)];
      if (name === undefined || random(3) > 0) return undefined;
      await rm(join(fixture.folder, name), {recursive: true});
      written.splice(written.indexOf(name), 1);
      return `remove ${name}`;
    },
  ];

  for (let count = 0; count < wanted;) {
    const done = await operations[random(operations.length)]?.();
    if (done === undefined) continue;
    story.push(done);
    const after = story.slice(-6).join(' → ');
    await compareReports(after);
    if (!/ by the (?:tool|extension)$/.test(done)) continue;
    count += 1;
    expect(await booksOf(session), after).toEqual(await booksOf(looking));
  }
  expect(broken).toBeGreaterThan(10);
}, 300_000);
