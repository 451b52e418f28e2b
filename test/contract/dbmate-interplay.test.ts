import {execFileSync} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Goal} from '../../src/core/migrations/plan.ts';
import {isApplied} from '../../src/core/migrations/recorded.ts';
import {ok} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import type {OpenEnvironment, RunOptions} from '../../src/frameworks/framework.ts';
import type {TestDatabase} from '../rig/databases.ts';
import {majors, type Major} from '../rig/servers.ts';
import {dbmate, hasDbmate} from './dbmate-cli.ts';
import {dbmateFixture, type DbmateFixture} from './dbmate-fixture.ts';
import {lendDatabase} from './lent-database.ts';
import {must, openTo} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};

const goals = ['apply-all', 'roll-back-last', 'apply-all', 'roll-back-last', 'roll-back-all'] as const;

/** A sequence that is the same in each run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const tablesSql = `
  SELECT to_regclass('schema_migrations') IS NOT NULL AS kept,
    coalesce(string_agg(relname, ' ' ORDER BY relname) FILTER (WHERE relname ~ '^t[0-9]'), '') AS made
  FROM pg_class WHERE relkind = 'r'`;
const versionsSql = 'SELECT version FROM schema_migrations ORDER BY version';

describe.runIf(hasDbmate)('dbmate and Howdah in turn', () => {
  let fixture: DbmateFixture;
  let session: Session;
  /** Sees nothing but dbmate itself. */
  let twin: TestDatabase;
  let twinSession: Session;

  beforeEach(async () => {
    fixture = await dbmateFixture(15);
    twin = await lendDatabase(15);
    session = must(await fixture.open());
    twinSession = must(await openTo(twin));
  });

  afterEach(async () => {
    await session.close();
    await twinSession.close();
    await twin.drop();
    await fixture.dispose();
  });

  const run = async (
    goal: Goal,
    options: RunOptions = patient,
    settings = fixture.options,
  ): Promise<string> => {
    const status = must(await fixture.project.status(session, settings));
    const plan = await fixture.project.plan(status, goal, settings);
    if (!plan.ok) return plan.failure.reason;
    return must(await fixture.project.run(session, plan.value, settings, options, fixture.open)).words;
  };
  const tool = (database: TestDatabase, ...parameters: string[]): Promise<unknown> =>
    dbmate(fixture.root, database, ['--no-dump-schema', ...parameters]);
  /** What the bookkeeping and the catalog say, whoever wrote it. */
  const stateOf = async (asked: Session): Promise<unknown> => {
    const [row] = must(await asked.query(tablesSql)).rows;
    // dbmate makes the empty table as well when it finds nothing to do.
    return {
      made: row?.['made'],
      versions: row?.['kept'] === true ? must(await asked.query(versionsSql)).rows : [],
    };
  };
  const shown = async (): Promise<string> => {
    const {migrations} = must(await fixture.project.status(session, fixture.options));
    return migrations
      .filter(({migration}) => migration.up !== undefined)
      .map(
        ({migration, state}) =>
          `[${state.kind === 'applied' ? 'X' : ' '}] ${migration.up?.split('/').at(-1)}`,
      )
      .join('\n');
  };

  it('agree after each of 200 operations, and leave what the tool alone leaves', async () => {
    const pick = generator(20_261_121);
    const files = new Map<string, boolean>();
    const write = async (name: string, isBroken: boolean): Promise<void> => {
      const number = /\d+/.exec(name)?.[0];
      const option = pick(5) === 0 ? ' transaction:false' : '';
      const more = isBroken ? 'SELECT nothing_there;\n' : '';
      await fixture.file(
        `db/migrations/${name}`,
        `-- migrate:up${option}\nCREATE TABLE t${number} (id int);\n${more}-- migrate:down${option}\nDROP TABLE t${number};\n`,
      );
      files.set(name, isBroken);
    };
    const add = (): Promise<void> => write(`${100 + pick(900)}_make_${pick(1000)}.sql`, pick(8) === 0);
    await add();
    const counts = {tool: 0, howdah: 0, files: 0};
    for (let index = 0; index < 200; index += 1) {
      const broken = [...files].find(([, isBroken]) => isBroken)?.[0];
      const choice = pick(10);
      if (choice < 3 || files.size === 0) {
        counts.files += 1;
        if (files.size < 6) await add();
        if (broken !== undefined && pick(2) === 0) await write(broken, false);
      } else if (choice < 6) {
        counts.tool += 1;
        const command = pick(2) === 0 ? 'migrate' : 'rollback';
        await Promise.all([tool(fixture.database, command), tool(twin, command)]);
      } else {
        counts.howdah += 1;
        const goal = goals[pick(goals.length)] ?? 'apply-all';
        const applied = must(await fixture.project.status(session, fixture.options)).migrations.filter(
          isApplied,
        );
        const times = goal === 'roll-back-all' ? applied.length : 1;
        const alone = async (): Promise<void> => {
          for (let time = 0; time < times; time += 1)
            await tool(twin, goal === 'apply-all' ? 'migrate' : 'rollback');
        };
        await Promise.all([run({kind: goal}), alone()]);
      }
      const [told, howdah] = await Promise.all([dbmate(fixture.root, fixture.database, ['status']), shown()]);
      expect(howdah, `operation ${index}`).toBe(told.output.split('\n\n')[0]?.trim());
      expect(await stateOf(session), `operation ${index}`).toEqual(await stateOf(twinSession));
    }
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(30);
  }, 180_000);
});

const pgDump = 'pg_dump';

/** The major version of the pg_dump on the PATH, which cannot dump a newer server. */
function pgDumpMajor(): Major | undefined {
  try {
    const version = execFileSync(pgDump, ['--version'], {encoding: 'utf8'});
    return majors.find(major => major === Number(/\d+/.exec(version)?.[0]));
  } catch {
    return undefined;
  }
}

const dumped = hasDbmate ? pgDumpMajor() : undefined;

describe.runIf(dumped)('the schema file', () => {
  let fixture: DbmateFixture;
  let session: Session;

  beforeEach(async () => {
    fixture = await dbmateFixture(dumped ?? 15, {});
    session = must(await fixture.open());
    await fixture.write(1, 'good');
    await fixture.write(2, 'good');
    await fixture.file(
      'db/migrations/20240201000000_odd.sql',
      `-- migrate:up\nCREATE SCHEMA "Odd";\nCREATE TABLE "Odd"."T é" (a text DEFAULT E'x  \\n');\nCOMMENT ON TABLE "Odd"."T é" IS 'blank at the end   \n  ';\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\n\n  SELECT 1;   \n$$;\n-- migrate:down\nDROP FUNCTION f();\nDROP SCHEMA "Odd" CASCADE;\n`,
    );
  });

  afterEach(async () => {
    await session.close();
    await fixture.dispose();
  });

  const environment: OpenEnvironment = async () =>
    ok({
      PGHOST: '127.0.0.1',
      PGPORT: String(fixture.database.port),
      PGDATABASE: fixture.database.name,
      PGUSER: 'postgres',
      PGPASSWORD: 'postgres',
    });
  const run = async (goal: Goal, options: RunOptions = {...patient, environment}): Promise<string> => {
    const status = must(await fixture.project.status(session, {}));
    const plan = must(await fixture.project.plan(status, goal, {}));
    return must(await fixture.project.run(session, plan, {}, options, fixture.open)).words;
  };
  const written = (): Promise<string> => readFile(join(fixture.root, 'db/schema.sql'), 'utf8');
  const byTool = async (): Promise<string> => {
    const told = await dbmate(fixture.root, fixture.database, ['--schema-file', 'tool.sql', 'dump']);
    expect(told).toMatchObject({failed: false});
    return readFile(join(fixture.root, 'tool.sql'), 'utf8');
  };

  it.each<[string, readonly Goal['kind'][]]>([
    ['one', ['apply-next']],
    ['all', ['apply-all']],
    ['all, and one back', ['apply-all', 'roll-back-last']],
    ['all, and all back', ['apply-all', 'roll-back-all']],
  ])('is byte for byte what dbmate writes after %s', async (_name, goals) => {
    for (const kind of goals) {
      if (kind === 'apply-to' || kind === 'roll-back-to') continue;
      expect(await run({kind})).toMatch(/db.schema\.sql was written\.$/);
      expect(await written()).toBe(await byTool());
    }
  });

  it('has the schemas of the address’s search_path only, and the table where that leads', async () => {
    await session.close();
    await fixture.database.sql('CREATE SCHEMA app');
    session = must(await openTo(fixture.database, {parameters: {search_path: 'app,public'}}));
    await run({kind: 'apply-next'});
    const {url} = fixture.database;
    const moved = {url: `${url}&search_path=app,public`};
    await dbmate(fixture.root, moved, ['--schema-file', 'tool.sql', 'dump']);
    expect(await written()).toBe(await readFile(join(fixture.root, 'tool.sql'), 'utf8'));
    expect(await written()).toContain('INSERT INTO app.schema_migrations');
  });

  it('is not written after a run that stopped', async () => {
    await fixture.write(2, 'broken');
    expect(await run({kind: 'apply-all'})).not.toContain('schema.sql');
    await expect(written()).rejects.toThrow();
  });

  it.each<[string, RunOptions, RegExp]>([
    ['nobody says how to connect', patient, /was not written: pg_dump was not started/],
    [
      'pg_dump cannot connect',
      {...patient, environment: async () => ok({PGHOST: '127.0.0.1', PGPORT: '1', PGUSER: 'postgres'})},
      /was not written: pg_dump: error/,
    ],
  ])('is not written, and the report says so, when %s', async (_name, options, words) => {
    expect(await run({kind: 'apply-all'}, options)).toMatch(words);
    await expect(written()).rejects.toThrow();
  });

  it('is left alone with no-dump-schema', async () => {
    await fixture.file('.env', 'DBMATE_NO_DUMP_SCHEMA=true\n');
    expect(await run({kind: 'apply-all'})).not.toContain('schema.sql');
    await expect(written()).rejects.toThrow();
  });

  it('goes where .env says', async () => {
    await fixture.file('.env', 'DBMATE_SCHEMA_FILE=other/structure.sql\n');
    expect(await run({kind: 'apply-all'})).toContain('other/structure.sql was written.');
    expect(await readFile(join(fixture.root, 'other/structure.sql'), 'utf8')).toBe(await byTool());
  });
});
