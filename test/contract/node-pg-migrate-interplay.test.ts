import {execFile} from 'node:child_process';
import {readdir, rm} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Goal} from '../../src/core/migrations/plan.ts';
import type {Session} from '../../src/core/session.ts';
import type {RunOptions} from '../../src/frameworks/framework.ts';
import type {TestDatabase} from '../rig/databases.ts';
import {lendDatabase} from './lent-database.ts';
import {nodePgMigrateFixture, type NodePgMigrateFixture} from './node-pg-migrate-fixture.ts';
import {makeRunner} from './node-pg-migrate-runner.ts';
import {runTool} from './node-pg-migrate-tool.ts';
import {must} from './sessions.ts';

const commandLine = join(
  createRequire(import.meta.url).resolve('node-pg-migrate/package.json'),
  '../bin/node-pg-migrate.js',
);
const steps = 220;
/** Each so many steps of the tool are a process of its own, as its users start it. */
const anew = 8;

type Change = (random: () => number, numbers: readonly number[]) => Promise<string>;

describe('node-pg-migrate and Howdah in turn', () => {
  let fixture: NodePgMigrateFixture;
  let session: Session;
  let options: RunOptions;
  /** Where the tool does everything by itself. */
  let alone: TestDatabase;

  beforeAll(async () => {
    await makeRunner();
    fixture = await nodePgMigrateFixture(17, {installed: true});
    alone = await lendDatabase(17);
    session = must(await fixture.open());
    options = {lockTimeout: 0, statementTimeout: 0, environment: fixture.environment};
  });

  afterAll(async () => {
    await session.close();
    await alone.drop();
    await fixture.dispose();
  });

  const folder = () => fixture.project.folder;
  const tool = (database: TestDatabase, direction: 'up' | 'down', more: object = {}) =>
    runTool(database, folder(), direction, more);
  const rows = (database: TestDatabase) =>
    database.sql('SELECT id, name FROM pgmigrations ORDER BY run_on, id');
  const tables = (database: TestDatabase) =>
    database.sql(`SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^t[0-9]+' ORDER BY 1`);
  const status = async () => must(await fixture.project.status(session, {}));

  const run = async (goal: Goal): Promise<void> => {
    const plan = await fixture.project.plan(await status(), goal, {});
    if (plan.ok) must(await fixture.project.run(session, plan.value, {}, options, fixture.open));
  };
  const write = (number: number, sql: string, down: boolean) =>
    fixture.file(
      `${number}_${sql === '' ? 'make' : 'bad'}.sql`,
      `-- Up Migration\nCREATE TABLE t${number} (id int);\n${sql}${down ? `-- Down Migration\nDROP TABLE t${number};\n` : ''}`,
    );
  const numbersOf = async () =>
    (await readdir(folder()).catch(() => []))
      .map(name => Number.parseInt(name, 10))
      .toSorted((a, b) => a - b);

  const changes: Readonly<Record<string, Change>> = {
    add: async (random, numbers) => {
      const number = (numbers.at(-1) ?? 0) + 2;
      if (random() < 0.08)
        return fixture.file(
          `${number}_make.js`,
          `export const up = pgm => pgm.createTable('t${number}', {id: 'int'});\n`,
        );
      return write(number, '', random() < 0.9);
    },
    break: async (_random, numbers) => write((numbers.at(-1) ?? 0) + 2, 'SELECT nothing_there;\n', true),
    late: async (random, numbers) =>
      write(Math.max(1, (numbers[Math.floor(random() * numbers.length)] ?? 1) - 1), '', true),
  };

  it(`agree after each of ${steps} steps`, async () => {
    const random = generator(20_261_121);
    const seen = new Map<string, number>();
    for (let step = 0; step < steps; step += 1) {
      const name = await oneStep(random);
      seen.set(name, (seen.get(name) ?? 0) + 1);
      const where = `step ${step}, ${name}`;
      if (!(await status()).bookkeeping.exists) continue;
      expect(await rows(fixture.database), where).toEqual(await rows(alone));
      expect(await tables(fixture.database), where).toEqual(await tables(alone));
      expect(await pendingHere(), where).toEqual(await pendingThere());
    }
    expect([...seen.values()].every(times => times > 2)).toBe(true);
    expect([...seen.keys()].toSorted()).toEqual([...kinds, 'change'].toSorted());
    expect(completed).toBeGreaterThan(10);
  }, 240_000);

  const oneStep = async (random: () => number): Promise<string> => {
    const numbers = await numbersOf();
    if (random() < 0.4 || numbers.length === 0) {
      await mend();
      const list = ['add', 'add', 'add', 'add', 'break', 'late'];
      await changes[list[Math.floor(random() * list.length)] ?? 'add']?.(random, await numbersOf());
      return 'change';
    }
    const kind = kinds[Math.floor(random() * kinds.length)] ?? 'apply-all';
    const byHowdah = random() < 0.5;
    const count = 1 + Math.floor(random() * 3);
    await theirs(alone, kind, count);
    await (byHowdah ? ours(kind, count) : theirs(fixture.database, kind, count));
    return kind;
  };

  /** What cannot run goes away, so that the next steps have something to do. */
  const mend = async (): Promise<void> => {
    const {migrations, problems} = await status();
    const pending = migrations.filter(({state}) => state.kind === 'pending');
    const gone = problems.some(problem => problem.kind === 'other')
      ? pending
      : pending.filter(({migration: {id}}) => id.endsWith('_bad'));
    for (const {migration} of gone) await rm(migration.up ?? '', {force: true});
  };

  const ours = async (kind: (typeof kinds)[number], count: number): Promise<void> => {
    const {migrations} = await status();
    const applied = migrations.filter(({state}) => state.kind === 'applied');
    const pending = migrations.filter(({state}) => state.kind === 'pending');
    if (kind === 'apply-all' || kind === 'roll-back-last' || kind === 'roll-back-all') return run({kind});
    if (kind === 'apply-some') {
      const id = pending.slice(0, count).at(-1)?.migration.id;
      return id === undefined ? undefined : run({kind: 'apply-to', id});
    }
    // The tool checks the order before it records as well; Howdah writes the order that was asked for.
    if ((await status()).problems.some(problem => problem.kind === 'other')) return undefined;
    const id = pending[0]?.migration.id ?? applied.at(-1)?.migration.id;
    if (id !== undefined)
      must(await fixture.project.force(session, {kind: 'at', id}, {}, options, fixture.open));
    return undefined;
  };

  const theirs = async (
    database: TestDatabase,
    kind: (typeof kinds)[number],
    count: number,
  ): Promise<void> => {
    const more = {
      'apply-all': {},
      'apply-some': {count},
      'roll-back-last': {count: 1},
      'roll-back-all': {count: 1000},
      record: {count: 1, fake: true},
    };
    const direction = kind.startsWith('roll-back') ? 'down' : 'up';
    toolSteps += 1;
    if (toolSteps % anew > 0) await tool(database, direction, more[kind]).catch(ignore);
    else await commandLineOn(database, [direction, ...words[kind](count)]).catch(ignore);
  };

  /** Of the tool, in both databases. */
  let toolSteps = 0;
  const commandLineOn = async (database: TestDatabase, given: readonly string[]): Promise<void> => {
    const {stdout} = await promisify(execFile)(process.execPath, [commandLine, ...given], {
      cwd: fixture.root,
      env: {...process.env, DATABASE_URL: database.url},
    });
    if (stdout.includes('Migrations complete!')) completed += 1;
  };
  let completed = 0;

  const pendingHere = async () => {
    const {migrations, problems} = await status();
    if (problems.some(problem => problem.kind === 'other' && problem.refused)) return 'refused';
    return migrations.filter(({state}) => state.kind === 'pending').map(({migration: {id}}) => id);
  };
  const pendingThere = async () =>
    tool(fixture.database, 'up', {dryRun: true}).then(
      found => found.map(({name}) => name),
      () => 'refused',
    );

  it('refuses while the tool’s command line is at work, and the other way round', async () => {
    await mend();
    const number = ((await numbersOf()).at(-1) ?? 0) + 2;
    const path = await fixture.file(`${number}_slow.sql`, 'SELECT pg_sleep(2);\n');
    const environment = {...process.env, DATABASE_URL: fixture.database.url};
    const cli = () =>
      promisify(execFile)(process.execPath, [commandLine, 'up'], {cwd: fixture.root, env: environment});
    const plan = must(await fixture.project.plan(await status(), {kind: 'apply-all'}, {}));
    const theirRun = cli();
    await asleep();
    expect(
      await fixture.project.run(session, plan, {}, {...options, lockWait: 200}, fixture.open),
    ).toMatchObject({failure: {reason: 'locked'}});
    await theirRun;
    must(await fixture.project.force(session, {kind: 'none'}, {}, options, fixture.open));
    for (const name of await readdir(folder()))
      if (join(folder(), name) !== path) await rm(join(folder(), name));
    const ourRun = run({kind: 'apply-all'});
    await asleep();
    await expect(cli()).rejects.toThrow(/Another migration is already running/);
    await ourRun;
    expect((await status()).position).toEqual({kind: 'at', id: `${number}_slow`});
  });

  const asleep = async (): Promise<void> => {
    const sql = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep(2)%' AND pid <> pg_backend_pid()`;
    for (let time = 0; time < 400; time += 1) {
      if ((await fixture.database.sql(sql)).length > 0) return;
      await sleep(20);
    }
    throw new Error('nobody sleeps');
  };
});

/** What the command line is told. */
const words: Readonly<Record<(typeof kinds)[number], (count: number) => readonly string[]>> = {
  'apply-all': () => [],
  'apply-some': count => [String(count)],
  'roll-back-last': () => [],
  'roll-back-all': () => ['1000'],
  record: () => ['1', '--fake'],
};

const kinds = ['apply-all', 'apply-some', 'roll-back-last', 'roll-back-all', 'record'] as const;

function ignore(): void {}

/** Mulberry32: the same steps each time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
