import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {afterEach, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import type {Goal, RunEvent, RunReport} from '../../src/core/migrations/plan.ts';
import {programEnvironment} from '../../src/core/connections/program-environment.ts';
import {ok, type Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import type {RunOptions} from '../../src/frameworks/framework.ts';
import {nodePgMigrateFixture, type NodePgMigrateFixture} from './node-pg-migrate-fixture.ts';
import {makeRunner} from './node-pg-migrate-runner.ts';
import {settingsFor} from '../rig/sessions.ts';
import {must, openTo} from './sessions.ts';

beforeAll(makeRunner);

const first = `import type {MigrationBuilder} from 'node-pg-migrate';

export async function up(pgm: MigrationBuilder): Promise<void> {
  pgm.createTable('orders', {id: 'id', note: {type: 'text', default: pgm.func('lower(\\'X\\')')}});
}
`;
const second =
  '-- Up Migration\nCREATE INDEX orders_note ON orders (note);\n-- Down Migration\nDROP INDEX orders_note;\n';
const third = `export const shorthands = {money: {type: 'numeric(12, 2)', notNull: true, default: 0}};
export const up = async pgm => {
  await pgm.db.query("INSERT INTO orders (note) VALUES ('from the program')");
  pgm.addColumns('orders', {total: 'money'});
};
export const down = pgm => {
  pgm.dropColumns('orders', ['total']);
};
`;

describe.each([
  ['its own copy', true],
  ['the copy that is shipped', false],
])('programs of node-pg-migrate, run by %s', (_whose, installed) => {
  let fixture: NodePgMigrateFixture;
  let session: Session;
  let patient: RunOptions;

  beforeEach(async () => {
    fixture = await nodePgMigrateFixture(16, {installed});
    session = must(await fixture.open());
    patient = {lockTimeout: 0, statementTimeout: 0, environment: fixture.environment};
    await fixture.file('0001_orders.ts', first);
    await fixture.file('0002_note.sql', second);
    await fixture.file('0003_total.mjs', third);
  });

  afterEach(async () => {
    await session.close();
    await fixture.dispose();
  });

  const status = async () => must(await fixture.project.status(session, {}));
  const plan = async (goal: Goal) => must(await fixture.project.plan(await status(), goal, {}));
  const run = async (goal: Goal, options: Partial<RunOptions> = {}): Promise<Outcome<RunReport>> =>
    fixture.project.run(session, await plan(goal), {}, {...patient, ...options}, fixture.open);
  const columns = async () =>
    (
      await fixture.database.sql(
        `SELECT attname FROM pg_attribute WHERE attrelid = to_regclass('orders') AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
      )
    ).map(({attname}) => attname);
  const names = async () =>
    (await fixture.database.sql('SELECT name FROM pgmigrations ORDER BY run_on, id')).map(({name}) => name);

  it('runs TypeScript, SQL and JavaScript as one transaction, and all of it back', async () => {
    const events: RunEvent[] = [];
    const report = must(await run({kind: 'apply-all'}, {onEvent: event => void events.push(event)}));
    expect(report).toMatchObject({
      position: {kind: 'at', id: '0003_total'},
      words: expect.stringContaining('Applied 3'),
    });
    expect(report.stopped).toBeUndefined();
    expect(await columns()).toEqual(['id', 'note', 'total']);
    expect(await names()).toEqual(['0001_orders', '0002_note', '0003_total']);
    expect(
      await fixture.database.sql('SELECT count(DISTINCT run_on)::int AS moments FROM pgmigrations'),
    ).toEqual([{moments: 1}]);
    const told = events.flatMap(event => ('index' in event ? [`${event.kind} ${event.index}`] : []));
    expect(told).toEqual([0, 1, 2].flatMap(index => [`started ${index}`, `finished ${index}`]));
    const back = must(await run({kind: 'roll-back-all'}));
    expect(back).toMatchObject({position: {kind: 'none'}});
    expect(back.done).toHaveLength(3);
    expect(await columns()).toEqual([]);
    expect(await names()).toEqual([]);
  });

  it('tells what programs send, and that it cannot where they ask the database', async () => {
    const {migrations} = must(await fixture.project.list());
    const [one, , three] = migrations;
    if (!one || !three) throw new Error('no migrations');
    const up = must(await fixture.project.script(one, 'up', {}));
    expect(up.sql).toContain('CREATE TABLE "orders"');
    expect(up.pieces.map(({how}) => how)).toEqual(['transaction']);
    const inferred = must(await fixture.project.script(one, 'down', {}));
    expect(inferred.sql).toContain('DROP TABLE "orders"');
    expect(await fixture.project.script(three, 'up', {})).toMatchObject({
      failure: {reason: 'unsupported', message: expect.stringContaining('pgm.db')},
    });
    expect(must(await fixture.project.script(three, 'down', {})).sql).toContain('DROP "total"');
    const [create] = up.pieces;
    const before = up.sql.slice(0, create?.start);
    // The statement stands at the line and the column of the call.
    expect([before.split('\n').length - 1, before.length - before.lastIndexOf('\n') - 1]).toEqual([3, 6]);
    const typed = must(await fixture.project.script(one, 'up', {}, first.replace("'orders'", "'typed'")));
    expect(typed.sql).toContain('CREATE TABLE "typed"');
  });

  it.each<[string, string, string, object]>([
    [
      'at the token, in text that stands in the file',
      '0004_bad.ts',
      'export const up = (pgm: import("node-pg-migrate").MigrationBuilder) => {\n  pgm.sql(`\n    SELECT 1;\n    SELECT nothing_there;\n  `);\n};\n',
      {start: {line: 3, column: 11}, end: {line: 3, column: 24}},
    ],
    [
      'at the call, where the query is built',
      '0004_bad.js',
      "export const up = pgm => {\n  pgm.sql('SELECT 1');\n  pgm.addColumns('absent', {a: 'int'});\n};\n",
      {start: {line: 2}},
    ],
    [
      'at the token, in SQL',
      '0004_bad.sql',
      'SELECT 1;\nSELECT nothing_there;',
      {start: {line: 1, column: 7}, end: {line: 1, column: 20}},
    ],
    [
      'where the program throws',
      '0004_bad.ts',
      'export function up(): void {\n  const a: number = 1;\n  throw new Error(`no ${a}`);\n}\n',
      {start: {line: 2}},
    ],
    [
      'where it asks the database',
      '0004_bad.mjs',
      "export const up = async pgm => {\n  await pgm.db.query('SELECT ' + 'nothing_there');\n};\n",
      {start: {line: 1}},
    ],
    [
      'where it cannot be parsed',
      '0004_bad.ts',
      'export const up = () => {\n  const = 1;\n};\n',
      {start: {line: 1}},
    ],
  ])('says %s what is wrong, and nothing of the run remains', async (_where, name, text, at) => {
    const path = await fixture.file(name, text);
    const report = must(await run({kind: 'apply-all'}));
    expect(report.stopped).toMatchObject({step: {migration: {id: '0004_bad'}}, at: {path, ...at}});
    expect(report.done).toEqual([]);
    expect(report.position).toEqual({kind: 'none'});
    expect(report.words).toContain('nothing of this run remains');
    expect(await columns()).toEqual([]);
    expect(must(await fixture.project.list()).migrations).toHaveLength(4);
  });

  it('takes a migration out of the transaction, which keeps what ran before it', async () => {
    const outside = (sql: string): string =>
      `export const up = pgm => {\n  pgm.noTransaction();\n  pgm.sql('CREATE INDEX CONCURRENTLY a ON orders (note)');\n  pgm.sql('${sql}');\n};\nexport const down = false;\n`;
    await fixture.file('0004_index.js', outside('SELECT nothing_there'));
    const failed = must(await run({kind: 'apply-all'}));
    expect(failed).toMatchObject({position: {kind: 'at', id: '0003_total'}});
    expect(failed.done).toHaveLength(3);
    expect(failed.words).toContain('after 1 of its pieces');
    await fixture.database.sql('DROP INDEX a');
    await fixture.file('0004_index.js', outside('SELECT 1'));
    await fixture.file('0005_late.sql', 'SELECT nothing_there;');
    const late = must(await run({kind: 'apply-all'}));
    expect(late).toMatchObject({
      position: {kind: 'at', id: '0004_index'},
      stopped: {step: {migration: {id: '0005_late'}}},
    });
    expect(late.done.map(({step}) => step.migration.id)).toEqual(['0004_index']);
    const {migrations} = must(await fixture.project.list());
    const index = migrations.find(({id}) => id === '0004_index');
    if (!index) throw new Error('no migration');
    const script = must(await fixture.project.script(index, 'up', {}));
    expect(script.pieces.map(({how}) => how)).toEqual(['query', 'query']);
    expect(index.down).toBeUndefined();
  });

  it('is cancelled in a long query, and leaves nothing', async () => {
    await fixture.file(
      '0004_slow.ts',
      "export const up = (pgm: import('node-pg-migrate').MigrationBuilder) => pgm.sql('SELECT pg_sleep(30)');\n",
    );
    const controller = new AbortController();
    const running = run({kind: 'apply-all'}, {signal: controller.signal});
    await until(
      `SELECT FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND state = 'active' AND pid <> pg_backend_pid()`,
    );
    controller.abort();
    const report = must(await running);
    expect(report).toMatchObject({
      stopped: {failure: {reason: 'cancelled'}, step: {migration: {id: '0004_slow'}}},
      position: {kind: 'none'},
    });
    expect(report.words).toContain('nothing of this run remains');
    expect(await columns()).toEqual([]);
    expect(await locks()).toBe(0);
  });

  it('waits for another runner, and says who it is', async () => {
    const other = must(await fixture.open());
    must(await other.query('SELECT pg_advisory_lock(7241865325823964)'));
    const events: RunEvent[] = [];
    const refused = await run(
      {kind: 'apply-all'},
      {lockWait: 500, onEvent: event => void events.push(event)},
    );
    expect(refused).toMatchObject({
      failure: {reason: 'locked', message: expect.stringMatching(/pid \d+, user postgres/)},
    });
    expect(events).toMatchObject([{kind: 'waiting-for-lock', holder: {user: 'postgres'}}]);
    const running = run({kind: 'apply-all'}, {lockWait: 10_000});
    await sleep(300);
    await other.close();
    expect(must(await running).position).toEqual({kind: 'at', id: '0003_total'});
    expect(await locks()).toBe(0);
  });

  it('refuses a plan whose status has moved', async () => {
    const planned = await plan({kind: 'apply-all'});
    must(await run({kind: 'apply-next'}));
    const again = await fixture.project.run(session, planned, {}, patient, fixture.open);
    expect(again).toMatchObject({failure: {reason: 'invalid-input'}});
    expect(await names()).toEqual(['0001_orders']);
  });

  it('loses its connection, and asks another where the database is', async () => {
    await fixture.file(
      '0004_slow.ts',
      "export const up = (pgm: import('node-pg-migrate').MigrationBuilder) => pgm.sql('SELECT pg_sleep(30)');\n",
    );
    const running = run({kind: 'apply-all'});
    const slow = `FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND state = 'active' AND pid <> pg_backend_pid()`;
    await until(`SELECT ${slow}`);
    await fixture.database.sql(`SELECT pg_terminate_backend(pid) ${slow}`);
    const report = must(await running);
    expect(report).toMatchObject({stopped: {failure: {reason: 'connection-lost'}}, position: {kind: 'none'}});
    expect(await columns()).toEqual([]);
  });

  it('tells where in the program the SQL stands that it sends as it is', async () => {
    const text = "export const up = pgm => {\n  pgm.sql(`SELECT 1`);\n  pgm.sql('SELECT 2;');\n};\n";
    await fixture.file('0004_plain.js', text);
    const plain = must(await fixture.project.list()).migrations.at(-1);
    if (!plain) throw new Error('no migration');
    const script = must(await fixture.project.script(plain, 'up', {}));
    expect(script.sql).toBe(text);
    expect(script.pieces.map(({start, end, how}) => [text.slice(start, end), how])).toEqual([
      ['SELECT 1', 'transaction'],
      ['SELECT 2;', 'transaction'],
    ]);
  });

  it('shows the SQL of a plan with programs', async () => {
    await fixture.file('0003_total.mjs', third.replace(/ {2}await pgm.*\n/, ''));
    const sql = must(await fixture.project.sql(await plan({kind: 'apply-all'}), {}));
    for (const text of [
      'CREATE TABLE "orders"',
      'CREATE INDEX orders_note',
      'ADD "total" numeric(12, 2)',
      'COMMIT;',
    ])
      expect(sql).toContain(text);
  });

  it('says that the program cannot connect', async () => {
    const environment = async () =>
      ok(programEnvironment(settingsFor({port: 1}), {password: 'postgres'}, {readOnly: false}));
    expect(await run({kind: 'apply-all'}, {environment})).toMatchObject({
      failure: {reason: 'unreachable', message: expect.stringContaining('ECONNREFUSED')},
    });
    expect(
      await fixture.project.run(
        session,
        await plan({kind: 'apply-all'}),
        {},
        {lockTimeout: 0, statementTimeout: 0},
        fixture.open,
      ),
    ).toMatchObject({
      failure: {reason: 'unsupported'},
    });
  });

  it.each(['prefer', 'require'] as const)(
    'connects with TLS where the session has it (%s)',
    async sslMode => {
      const to = {...fixture.database};
      const environment = async () =>
        ok(programEnvironment(settingsFor(to, {sslMode}), {password: 'postgres'}, {readOnly: false}));
      await fixture.file(
        '0004_tls.mjs',
        'export const up = async pgm => {\n  const [{ssl}] = await pgm.db.select("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");\n  console.log(`ssl ${ssl}`);\n};\n',
      );
      const encrypted = must(await openTo(to, {sslMode}));
      expect(encrypted.server.encrypted).toBe(true);
      const events: RunEvent[] = [];
      const planned = await plan({kind: 'apply-all'});
      const options = {...patient, environment, onEvent: (event: RunEvent) => void events.push(event)};
      must(await fixture.project.run(encrypted, planned, {}, options, () => openTo(to, {sslMode})));
      expect(events).toContainEqual({kind: 'notice', message: 'ssl true'});
      await encrypted.close();
    },
  );

  it('hears what migrations write as notices', async () => {
    await fixture.file(
      '0004_talk.js',
      "export const up = () => {\n  console.log('hello from the migration');\n};\n",
    );
    const events: RunEvent[] = [];
    must(await run({kind: 'apply-all'}, {onEvent: event => void events.push(event)}));
    expect(events).toContainEqual({kind: 'notice', message: 'hello from the migration'});
  });

  it('has what a program imports beside the folder', async () => {
    await writeFile(join(fixture.root, 'names.ts'), "export const table: string = 'imported';\n");
    await fixture.file(
      '0004_import.ts',
      "import {table} from '../names';\nexport const up = (pgm: import('node-pg-migrate').MigrationBuilder) => pgm.createTable(table, {id: 'id'});\n",
    );
    expect(must(await run({kind: 'apply-all'})).stopped).toBeUndefined();
    expect(await fixture.database.sql(`SELECT to_regclass('imported')::text AS name`)).toEqual([
      {name: 'imported'},
    ]);
  });

  const locks = async () =>
    (
      await fixture.database.sql(
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      )
    ).length;
  const until = async (sql: string): Promise<void> => {
    for (let time = 0; time < 400; time += 1) {
      if ((await fixture.database.sql(sql)).length > 0) return;
      await sleep(25);
    }
    throw new Error(`not seen: ${sql}`);
  };
});
