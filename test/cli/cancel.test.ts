import {createServer} from 'node:net';
import {expect, it} from 'vitest';
import {documentOf, useCli} from './repository.ts';
import {until} from './rig.ts';

const {cli, repository} = useCli();

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s in the middle of a statement cancels it on the server',
  async signal => {
    const {path: cwd, database} = await repository(16, {
      'db/1_a.up.sql': 'CREATE TABLE t (id int);\nSELECT pg_sleep(60);\n',
      'db/2_b.up.sql': 'CREATE TABLE u (id int);\n',
    });
    const sleeping = async (): Promise<boolean> => {
      const [row] = await database.sql(
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
      );
      return row?.['n'] === 1;
    };
    const run = cli().start(['up', '--yes', '--json'], {cwd});
    await until(sleeping);
    run.child.kill(signal);
    const ended = await run.ended;
    expect(ended.code).toBe(130);
    expect(await sleeping()).toBe(false);
    expect(documentOf('run', ended)).toMatchObject({
      ok: false,
      exitCode: 130,
      done: [],
      stopped: {step: {id: '1'}, failure: {reason: 'cancelled'}},
      position: {kind: 'failed', id: '1'},
      words: expect.stringContaining('dirty'),
    });
    expect(await database.sql('SELECT version::int, dirty FROM schema_migrations')).toEqual([
      {version: 1, dirty: true},
    ]);
    expect(await database.sql("SELECT to_regclass('t') AS t, to_regclass('u') AS u")).toEqual([
      {t: null, u: null},
    ]);
  },
);

it('says who holds the lock, and exits with 6', async () => {
  const {path: cwd, database} = await repository(16, {'db/1_a.up.sql': 'SELECT pg_sleep(60);'});
  const first = cli().start(['up', '--yes'], {cwd});
  await until(async () => {
    const rows = await database.sql("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
    return rows.length > 0;
  });
  const status = await cli().run(['status', '--check', '--json'], {cwd});
  expect(status.code).toBe(6);
  expect(documentOf('status', status)).toMatchObject({runner: {applicationName: 'howdah'}});
  const second = await cli().run(['up', '--yes', '--json', '--lock-wait', '300ms'], {cwd});
  expect(second.code).toBe(6);
  expect(documentOf('failed', second)).toMatchObject({command: 'up', failure: {reason: 'locked'}});
  expect(second.stderr).toMatch(/runner is at work: pid \d+, user \w+, application howdah/u);
  first.child.kill('SIGINT');
  expect(await first.ended).toMatchObject({code: 130});
});

it('ends at once while it still connects', async () => {
  const {path: cwd} = await repository(16);
  let connected = false;
  const silent = createServer(() => {
    connected = true;
  });
  const port = await new Promise<number>(resolve => {
    silent.listen(0, '127.0.0.1', () => {
      const address = silent.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const run = cli().start(['up', '--yes', '-c', `postgres://u@127.0.0.1:${port}/d?connect_timeout=60`], {
    cwd,
  });
  await until(() => connected);
  run.child.kill('SIGINT');
  expect(await run.ended).toMatchObject({code: 130, stdout: ''});
  silent.close();
});
