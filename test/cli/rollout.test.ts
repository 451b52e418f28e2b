import {describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {documentOf, useCli, type Repository} from './repository.ts';

const {cli, repository} = useCli();
const names = ['TENANT_A', 'TENANT_B', 'TENANT_C', 'TENANT_D'] as const;

interface Tenants extends Repository {
  readonly databases: readonly TestDatabase[];
  readonly env: Readonly<Record<string, string>>;
}

/** A repository with four databases, of which the third has a table that no migration has made. */
async function tenants(): Promise<Tenants> {
  const made = await repository(16);
  const databases: TestDatabase[] = [];
  for (const name of names) databases.push(await createDatabase(16, name.toLowerCase()));
  await databases[2]?.sql('CREATE TABLE orders (id int)');
  const env = Object.fromEntries(names.map((name, index) => [name, databases[index]?.url ?? '']));
  await made.write({'howdah.json': JSON.stringify({connectionGroups: {tenants: names}})});
  return {...made, databases, env};
}

async function versions({databases}: Tenants): Promise<readonly unknown[]> {
  return Promise.all(
    databases.map(async database => {
      const rows = await database.sql('SELECT version::int, dirty FROM schema_migrations').catch(() => []);
      const [row] = rows;
      return row === undefined
        ? 'none'
        : row['dirty'] === true
          ? `${String(row['version'])} dirty`
          : row['version'];
    }),
  );
}

async function drop({databases}: Tenants): Promise<void> {
  for (const database of databases) await database.drop();
}

describe('howdah rollout', () => {
  it('stops on the first failure, and a second call resumes once it is repaired', async () => {
    const shop = await tenants();
    const {path: cwd, env, write} = shop;
    const args = ['rollout', '--group', 'tenants', '--canary', 'TENANT_B', '--limit', '1', '--yes'];
    const first = await cli().run(args, {cwd, env});
    expect(first.code).toBe(1);
    expect(await versions(shop)).toEqual([3, 3, '2 dirty', 'none']);
    // The canary went first, the others in their order.
    expect([...first.stderr.matchAll(/^(TENANT_.): done/gmu)].map(([, name]) => name)).toEqual([
      'TENANT_B',
      'TENANT_A',
    ]);
    expect(first.stderr).toContain('at db/000002_create_orders.up.sql:1:1');
    expect(first.stdout).toMatch(/✓ {2}TENANT_A {2}development {2}.* none → 000003 \(3\) {2}done in/u);
    expect(first.stdout).toMatch(/✗ {2}TENANT_C .* failed: .*dirty/u);
    expect(first.stdout).toMatch(
      /○ {2}TENANT_D .* not begun\n2 of 4 databases up to date, 1 failed, 1 not begun\.\n/u,
    );

    const refused = await cli().run(args, {cwd, env});
    expect(refused).toMatchObject({code: 5, stdout: expect.stringContaining('1 refused')});
    expect((await versions(shop))[3]).toBe('none');

    const repair = ['repair', '--connection', 'TENANT_C', '--apply', 'recommended', '--yes'];
    expect(await cli().run(repair, {cwd, env})).toMatchObject({code: 0});
    await shop.databases[2]?.sql('DROP TABLE orders');
    await write({'db/000003_add_status.up.sql': 'SELECT 1;\n'});
    const second = await cli().run(args, {cwd, env});
    expect(second).toMatchObject({code: 0, stdout: expect.stringContaining('4 of 4 databases up to date.')});
    expect(second.stdout).toMatch(/TENANT_A .* 000003 +nothing to do/u);
    expect(await versions(shop)).toEqual([3, 3, 3, 3]);
    await drop(shop);
  });

  it('says the same as JSON', async () => {
    const shop = await tenants();
    const {path: cwd, env} = shop;
    const args = ['rollout', ...names, '--limit', '1', '--yes', '--json'];
    expect(documentOf('rollout', await cli().run(args, {cwd, env}))).toMatchObject({
      command: 'rollout',
      ok: false,
      exitCode: 1,
      limit: 1,
      end: 'stopped',
      targets: [
        {
          connection: {name: 'TENANT_A'},
          state: 'done',
          from: {kind: 'none'},
          to: {kind: 'at', id: '3'},
          done: 3,
        },
        {state: 'done', pending: 3, milliseconds: expect.any(Number)},
        {
          state: 'failed',
          done: 1,
          failure: {reason: 'sql', server: {sqlState: '42P07'}},
          stopped: {step: {label: '000002'}, at: {line: 1}},
          words: expect.stringContaining('dirty'),
        },
        {state: 'not-begun', done: 0},
      ],
    });
    await drop(shop);
  });

  it.each([
    ['nothing is named', [], /No connection is named/u],
    ['the group is unknown', ['--group', 'nobody'], /There is no group "nobody".*\n.*"tenants"/u],
    ['names and a group are given', ['TENANT_A', '--group', 'tenants'], /exclude each other/u],
    ['the canary is none of them', ['TENANT_A', '--canary', 'TENANT_B'], /is none of the targets/u],
    ['one is named twice', ['TENANT_A', 'TENANT_A'], /are the same database/u],
    ['one is read-only', ['TENANT_A', '--read-only', '--yes'], /is read-only here/u],
    ['nobody confirms', ['TENANT_A', 'TENANT_B'], /Nobody is there to confirm this/u],
    [
      'the name of production is not given',
      ['--group', 'tenants', '--environment', 'production', '--yes'],
      /--yes --confirm tenants/u,
    ],
  ])('begins nothing when %s', async (_, args, message) => {
    const shop = await tenants();
    const {path: cwd, env} = shop;
    const {code, stderr} = await cli().run(['rollout', ...args], {cwd, env});
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(await versions(shop)).toEqual(['none', 'none', 'none', 'none']);
    await drop(shop);
  });

  it('asks after the canary, and leaves the others alone on no', async () => {
    const shop = await tenants();
    const {path: cwd, env} = shop;
    const args = ['rollout', 'TENANT_A', 'TENANT_B', '--canary', 'TENANT_A'];
    const answers = [
      ['Apply the pending migrations on ', 'y\r'],
      ['Go on with the other 1 database? [y/N] ', 'n\r'],
    ] as const;
    const {code, stdout} = await cli().onTerminal(args, answers, {cwd, env});
    expect(code).toBe(130);
    expect(stdout).toContain('1 of 2 databases up to date, 1 not begun.');
    expect(await versions(shop)).toEqual([3, 'none', 'none', 'none']);
    await drop(shop);
  });
});
