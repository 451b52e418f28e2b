import {networkInterfaces} from 'node:os';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {assess, type Assessment} from '../../../../src/core/health/assess.ts';
import type {Reading} from '../../../../src/core/health/parts.ts';
import {readHealth} from '../../../../src/postgres/health/read-health.ts';
import {startServer, type TestServer} from '../../../rig/servers.ts';
import {openFor, value} from '../../../rig/sessions.ts';
import {foundBy, offeredBy} from './roles.ts';

const GB = 1024 ** 3;
const parts = ['settings', 'security', 'statements', 'extensions', 'sessions', 'database', 'tables'] as const;

/** Of this machine, as others would reach it. */
const address = Object.values(networkInterfaces())
  .flatMap(each => each ?? [])
  .find(({internal, family}) => !internal && family === 'IPv4')?.address;

const hba = [
  'local all all trust',
  'host all all 127.0.0.1/32 scram-sha-256',
  'host all all 10.1.2.3/32 password',
  'hostssl all all 10.1.2.4/32 password',
  'host all all 0.0.0.0/0 trust',
];

const flags = (major: number): readonly string[] => [
  'max_connections=600',
  'pg_stat_statements.max=100',
  'listen_addresses=*',
  'ssl=off',
  ...(major === 14 ? [] : ['autovacuum=off']),
];

const changed = {
  work_mem: '1GB',
  checkpoint_timeout: '30s',
  checkpoint_completion_target: '0.5',
  random_page_cost: '0.5',
  shared_buffers: '64MB',
  password_encryption: 'md5',
  idle_in_transaction_session_timeout: '5min',
  'pg_stat_statements.track': 'top',
};

describe.each([14, 18] as const)('a badly set PostgreSQL %i', major => {
  let server: TestServer;
  let reading: Reading;
  let assessment: Assessment;
  const found = (check: string): readonly string[] => foundBy(assessment, check);
  const sql = (check: string): readonly string[] => offeredBy(assessment, check);

  const read = async (user = 'postgres'): Promise<Reading> => {
    const session = await openFor(server, {user});
    const {reading: parted} = value(await readHealth(session, parts));
    await session.close();
    return parted;
  };

  beforeAll(async () => {
    server = await startServer(major, {flags: flags(major), hba});
    const session = await openFor(server);
    for (const [name, to] of Object.entries(changed))
      value(await session.query(`ALTER SYSTEM SET ${name} = '${to}'`));
    value(
      await session.script(`CREATE EXTENSION pg_stat_statements; SELECT pg_reload_conf();
      CREATE ROLE app LOGIN PASSWORD 'postgres'; CREATE ROLE soon LOGIN VALID UNTIL 'tomorrow';
      ALTER ROLE app SET synchronous_commit = off; GRANT pg_read_all_stats TO app`),
    );
    for (let width = 1; width < 200; width += 1)
      value(await session.query(`SELECT ${Array.from({length: width}, () => '1').join(', ')}`));
    const app = await openFor(server, {user: 'app'});
    const far =
      address === undefined
        ? undefined
        : await openFor({port: server.port}, {endpoints: [{host: address, port: server.port}]});
    reading = await read();
    for (const each of [session, app, far]) await each?.close();
    assessment = await assess(reading, {memoryBytes: 4 * GB});
  });

  afterAll(() => server.stop());

  it('is told what is too much for its memory', () => {
    expect(found('work-mem-risk')).toEqual([
      'warning: 600 connections with 1GB of work_mem each can take 600 GB',
    ]);
    expect(found('max-connections-high')).toEqual(['warning: max_connections is 600']);
    expect(found('effective-cache-size')).toEqual([]);
    expect(found('shared-buffers')).toEqual([]);
  });

  it('is not told it without knowing the memory', async () => {
    const {server: own} = reading;
    if (own?.kind !== 'seen') expect.fail('no server');
    const {memoryBytes: _, ...rest} = own.value;
    const unknown = {...reading, server: {...own, value: rest}};
    const guessed = await assess(unknown);
    expect(foundBy(guessed, 'work-mem-risk')).toEqual([
      'information: 600 connections with 1GB of work_mem each can take 600 GB',
    ]);
    expect(foundBy(guessed, 'max-connections-high')).toEqual(['information: max_connections is 600']);
  });

  it('is told what the documentation advises against', () => {
    expect(found('checkpoint-settings')).toEqual([
      'information: checkpoint_completion_target is 0.5: checkpoints write in bursts',
      'information: checkpoint_timeout is 30s',
    ]);
    expect(sql('checkpoint-settings')).toEqual([
      "ALTER SYSTEM SET checkpoint_completion_target = '0.9';\nSELECT pg_reload_conf();",
      "ALTER SYSTEM SET checkpoint_timeout = '15min';\nSELECT pg_reload_conf();",
    ]);
    expect(found('random-page-cost')).toEqual([
      'information: random_page_cost (0.5) is below seq_page_cost (1)',
    ]);
    expect(found('setting-pending-restart')).toEqual([]);
    expect(found('idle-in-transaction-timeout-off')).toEqual([]);
  });

  it.runIf(major === 18)('is told that autovacuum is off', () => {
    expect(found('autovacuum-off')).toEqual([
      'error: autovacuum is off: nothing is vacuumed or analyzed by itself',
    ]);
  });

  it('is told for which sessions commits are not safe, and whose statements have no end', () => {
    const [finding] = assessment.findings.filter(({check}) => check === 'synchronous-commit-off');
    expect(finding?.evidence).toContain('app is given off.');
    expect(found('statement-timeout-off')).toEqual([
      'information: No statement of app is ever cancelled for taking too long',
    ]);
    expect(sql('statement-timeout-off')).toEqual([
      expect.stringContaining("ALTER ROLE app SET statement_timeout = '60s';"),
    ]);
  });

  it('is told who gets in', () => {
    expect(found('hba-trust')).toEqual([
      'error: Line 5 of pg_hba.conf lets every role in from 0.0.0.0/0.0.0.0 without a password',
      'warning: Line 3 of pg_hba.conf asks for passwords in clear text',
      'information: Whoever is on the server’s machine connects as any role without a password',
      'information: Line 4 of pg_hba.conf fits nobody',
    ]);
    expect(found('password-not-scram')).toEqual([
      'warning: password_encryption is md5: new passwords are stored as MD5',
    ]);
    expect(found('password-expired')).toEqual([
      expect.stringMatching(/^warning: The password of soon expires in \d+ (hours|minutes)$/),
    ]);
  });

  it('is told of a line that keeps the file from being loaded', async () => {
    const session = await openFor(server);
    value(await session.query("COPY (SELECT 'hostess all all trust') TO PROGRAM 'cat >> pg_hba.conf'"));
    await session.close();
    expect(foundBy(await assess(await read()), 'hba-trust')).toContain(
      'warning: Line 6 of pg_hba.conf is in error, so the file is not loaded',
    );
  });

  it.runIf(major === 18)('is told which file a rule is in', async () => {
    const session = await openFor(server);
    value(
      await session.query("COPY (SELECT 'host all all 10.9.9.9/32 trust') TO PROGRAM 'cat > more_hba.conf'"),
    );
    value(await session.query("COPY (SELECT 'include more_hba.conf') TO PROGRAM 'cat >> pg_hba.conf'"));
    await session.close();
    expect(foundBy(await assess(await read()), 'hba-trust')).toContain(
      'error: Line 1 of more_hba.conf lets every role in from 10.9.9.9/255.255.255.255 without a password',
    );
  });

  it('sees the rest where the file cannot be read', async () => {
    const session = await openFor(server);
    const move = (from: string, to: string): Promise<unknown> =>
      session.query(`COPY (SELECT) TO PROGRAM 'mv ${from} ${to}'`);
    await move('pg_hba.conf', 'hba.away');
    const without = await read();
    await move('hba.away', 'pg_hba.conf');
    await session.close();
    const {security} = without;
    if (security?.kind !== 'seen') expect.fail(security?.why ?? 'nothing was read');
    expect(security.value.hba).toBeUndefined();
    expect(security.value.roles.length).toBeGreaterThan(0);
    expect(security.gaps).toEqual([
      expect.stringMatching(
        /^The rules of pg_hba\.conf: the server could not read the file\. It says: .*pg_hba\.conf/,
      ),
    ]);
    expect(Object.values(without).filter(({kind}) => kind === 'hidden')).toEqual(
      Object.values(reading).filter(({kind}) => kind === 'hidden'),
    );
    expect(foundBy(await assess(without), 'password-not-scram')).toEqual(found('password-not-scram'));
  });

  it.skipIf(address === undefined)('is told who comes over the network in clear text', () => {
    expect(found('tls-off')).toEqual(['warning: TLS is off, and 1 session comes over the network']);
  });

  it('is told that statements are forgotten', () => {
    expect(found('statements-evicted')).toEqual([
      expect.stringMatching(/^information: pg_stat_statements forgot statements \d+ times$/),
    ]);
    expect(sql('statements-evicted')).toEqual([]);
  });

  it('is told of restarts, and who may change what', async () => {
    const session = await openFor(server);
    value(await session.query("ALTER SYSTEM SET wal_level = 'logical'"));
    value(await session.query('SELECT pg_reload_conf()'));
    if (major === 18) value(await session.query('GRANT ALTER SYSTEM ON PARAMETER checkpoint_timeout TO app'));
    value(await session.query("ALTER ROLE app SET statement_timeout = '30s'"));
    await session.close();
    const asApp = await assess(await read('app'), {memoryBytes: 4 * GB});
    expect(foundBy(asApp, 'setting-pending-restart')).toEqual(['information: wal_level waits for a restart']);
    const fixes = asApp.findings
      .filter(({check}) => check === 'checkpoint-settings')
      .map(({fix}) => fix.includes('may not use ALTER SYSTEM'));
    expect(fixes).toEqual([true, major === 14]);
    expect(foundBy(asApp, 'statement-timeout-off')).toEqual([]);
    expect(foundBy(asApp, 'hba-trust')).toEqual([]);
  });

  it('is told when counting is switched off', async () => {
    const session = await openFor(server);
    value(await session.query("ALTER SYSTEM SET pg_stat_statements.track = 'none'"));
    value(await session.query('SELECT pg_reload_conf()'));
    await session.close();
    const off = await read();
    expect(foundBy(await assess(off), 'statements-extension-missing')).toEqual([
      'information: pg_stat_statements counts nothing, because pg_stat_statements.track is none',
    ]);
    expect(off.statements).toMatchObject({
      gaps: ['Nothing new is counted, because pg_stat_statements.track is none.'],
    });
  });

  it.runIf(major === 18)('is told that nobody may use ALTER SYSTEM', async () => {
    const session = await openFor(server);
    value(
      await session.query("COPY (SELECT 'allow_alter_system = off') TO PROGRAM 'cat >> postgresql.conf'"),
    );
    value(await session.query('SELECT pg_reload_conf()'));
    await session.close();
    const {findings} = await assess(await read());
    const fixes = findings.filter(({check}) => check === 'checkpoint-settings').map(({fix}) => fix);
    expect(fixes).toEqual(Array.from({length: 2}, () => expect.stringContaining('may not use ALTER SYSTEM')));
  });
});

describe('a well set PostgreSQL 18', () => {
  let server: TestServer;
  beforeAll(async () => {
    const good = 'fsync=on full_page_writes=on synchronous_commit=on track_io_timing=on log_lock_waits=on';
    server = await startServer(18, {
      flags: [...good.split(' '), 'idle_in_transaction_session_timeout=10min'],
    });
  });
  afterAll(() => server.stop());

  it('is told nothing', async () => {
    const session = await openFor(server);
    value(
      await session.script(`CREATE EXTENSION pg_stat_statements; CREATE ROLE app LOGIN PASSWORD 'x';
        ALTER ROLE app SET statement_timeout = '60s'; CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL);
        INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 5000) AS n; GRANT SELECT ON orders TO app`),
    );
    value(await session.query('VACUUM ANALYZE orders'));
    const {reading} = value(await readHealth(session, parts));
    await session.close();
    const {findings} = await assess(reading, {
      memoryBytes: 2 * GB,
      areas: ['queries', 'tables', 'vacuum', 'settings', 'security'],
    });
    expect(findings.map(({check, what}) => `${check}: ${what}`)).toEqual([]);
  });
});
