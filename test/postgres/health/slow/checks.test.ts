import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {assess, partOf, type Assessment} from '../../../../src/core/health/assess.ts';
import type {Reading} from '../../../../src/core/health/parts.ts';
import type {Session} from '../../../../src/core/session.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {openFor, value} from '../../../rig/sessions.ts';
import {dropWithRoles, foundBy, makeRoles, offeredBy, readAs, type Who} from './roles.ts';

const parts = ['tables', 'settings', 'security', 'statements', 'extensions', 'sessions', 'database'] as const;

const tables = `
CREATE TABLE never (id int); INSERT INTO never SELECT generate_series(1, 2000);
CREATE TABLE never_few (id int); INSERT INTO never_few SELECT generate_series(1, 900);
CREATE TABLE dying (id int, n int); INSERT INTO dying SELECT n, 0 FROM generate_series(1, 20000) AS n;
CREATE TABLE dying_little (id int, n int); INSERT INTO dying_little SELECT n, 0 FROM generate_series(1, 20000) AS n;
CREATE TABLE "Without" (id int, body text) WITH (autovacuum_enabled = off);
ALTER TABLE "Without" ALTER body SET STORAGE EXTERNAL;
INSERT INTO "Without" SELECT n, repeat('x', 3000) FROM generate_series(1, 4000) AS n;
CREATE TABLE toast_without (id int, body text) WITH (toast.autovacuum_enabled = off);
ALTER TABLE toast_without ALTER body SET STORAGE EXTERNAL;
INSERT INTO toast_without SELECT n, repeat('x', 3000) FROM generate_series(1, 3) AS n;
CREATE TABLE churned (id int, state int, body text) WITH (autovacuum_vacuum_scale_factor = 0.3);
CREATE INDEX ON churned (state);
INSERT INTO churned SELECT n, 0, repeat('x', 450) FROM generate_series(1, 25000) AS n;
CREATE TABLE churned_hot (id int PRIMARY KEY, state int, body text) WITH (fillfactor = 45);
INSERT INTO churned_hot SELECT n, 0, repeat('x', 450) FROM generate_series(1, 25000) AS n;
CREATE TABLE parted (id int) PARTITION BY RANGE (id);
CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (100000);
CREATE TABLE parted_seen (id int) PARTITION BY RANGE (id);
CREATE TABLE parted_seen_low PARTITION OF parted_seen FOR VALUES FROM (0) TO (100000);
INSERT INTO parted SELECT generate_series(1, 20000); INSERT INTO parted_seen SELECT generate_series(1, 20000)`;

const analyzed =
  'VACUUM ANALYZE dying, dying_little, "Without", toast_without, churned, churned_hot, parted_low, parted_seen';

const changed = `UPDATE dying SET n = 1; UPDATE dying_little SET n = 1 WHERE id <= 3000;
UPDATE churned SET state = 1; UPDATE churned_hot SET state = 1`;

const security = (name: string): string => `
CREATE ROLE "${name}_root" SUPERUSER LOGIN; CREATE ROLE "${name}_sleeping" SUPERUSER;
CREATE ROLE "${name}_passing" LOGIN BYPASSRLS; CREATE ROLE "${name}_expired" LOGIN VALID UNTIL '2020-01-01';
CREATE ROLE "${name}_old" LOGIN PASSWORD 'md5deadbeefdeadbeefdeadbeefdeadbeef'; CREATE ROLE "${name}_new" LOGIN PASSWORD 'x' VALID UNTIL '2100-01-01';
CREATE ROLE "${name}_owner" LOGIN PASSWORD 'postgres'; CREATE ROLE "${name}_group";
CREATE SCHEMA shared; GRANT USAGE, CREATE ON SCHEMA shared TO PUBLIC; CREATE SCHEMA closed;
CREATE TABLE shared.notes (id int); GRANT SELECT, INSERT ON shared.notes TO PUBLIC;
CREATE TABLE closed.notes (id int); GRANT SELECT ON closed.notes TO PUBLIC;
CREATE TABLE shared.readable (id int); GRANT SELECT ON shared.readable TO PUBLIC;
CREATE TABLE rls_off (id int); CREATE POLICY p ON rls_off USING (true);
CREATE TABLE rls_empty (id int); ALTER TABLE rls_empty ENABLE ROW LEVEL SECURITY;
CREATE TABLE rls_owned (id int); CREATE POLICY p ON rls_owned USING (false); ALTER TABLE rls_owned ENABLE ROW LEVEL SECURITY;
ALTER TABLE rls_owned OWNER TO "${name}_owner";
CREATE TABLE rls_forced (LIKE rls_owned); CREATE POLICY p ON rls_forced USING (false); ALTER TABLE rls_forced ENABLE ROW LEVEL SECURITY;
ALTER TABLE rls_forced FORCE ROW LEVEL SECURITY; ALTER TABLE rls_forced OWNER TO "${name}_owner";
CREATE TABLE rls_group (LIKE rls_owned); CREATE POLICY p ON rls_group USING (false); ALTER TABLE rls_group ENABLE ROW LEVEL SECURITY;
ALTER TABLE rls_group OWNER TO "${name}_group";
CREATE FUNCTION open_door("Key" text, int DEFAULT 1) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
CREATE PROCEDURE side_door() LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
CREATE FUNCTION shut_door() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS 'SELECT 1';
CREATE FUNCTION bound_door() RETURNS int LANGUAGE sql SECURITY DEFINER BEGIN ATOMIC SELECT 1; END`;

describe.each([14, 18] as const)('checks on PostgreSQL %i', major => {
  let database: TestDatabase;
  let holder: Session;
  let reading: Reading;
  let assessment: Assessment;
  const found = (check: string): readonly string[] => foundBy(assessment, check);
  const sql = (check: string): readonly string[] => offeredBy(assessment, check);

  beforeAll(async () => {
    database = await createDatabase(major, 'checks');
    await makeRoles(database);
    await database.sql(`CREATE EXTENSION pg_stat_statements VERSION '${major === 14 ? '1.8' : '1.11'}'`);
    for (const text of [tables, analyzed, security(database.name)]) await database.sql(text);
    holder = await openFor(database);
    // Whatever autovacuum does meanwhile, this snapshot keeps the dead rows.
    value(await holder.script('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1'));
    await Promise.all([database.sql(changed), work(database)]);
    if (major === 18) await database.sql("UPDATE pg_class SET reltuples = 5e7 WHERE relname = 'churned'");
    for (;;) {
      reading = await readAs(database, 'superuser', parts);
      const rows = partOf(reading, 'tables')?.rows ?? [];
      const dead = (name: string): number => rows.find(row => row.name === name)?.dead ?? 0;
      // The collector of 14 is up to half a second behind.
      if (dead('dying') === 20_000 && dead('churned') === 25_000 && dead('churned_hot') > 0) break;
    }
    assessment = await assess(reading);
  });

  afterAll(async () => {
    await holder.close();
    await dropWithRoles(
      database,
      ['root', 'sleeping', 'passing', 'expired', 'old', 'new', 'owner', 'group'].map(
        role => `${database.name}_${role}`,
      ),
    );
  });

  it('tells which tables were never analyzed', () => {
    expect(found('table-never-analyzed')).toEqual([
      'warning: never was never analyzed',
      'information: The partitioned table parted was never analyzed itself',
    ]);
  });

  it('tells which tables autovacuum does not keep up with', () => {
    expect(found('table-dead-rows').filter(text => !text.includes('churned'))).toEqual([
      'warning: 20,000 rows of dying are dead, 50 % of it',
    ]);
  });

  it('tells for which tables autovacuum is off', async () => {
    expect(found('autovacuum-off')).toEqual([
      'warning: Autovacuum is off for Without',
      'information: Autovacuum is off for the TOAST table of toast_without',
    ]);
    await canBeRun(sql('autovacuum-off'));
  });

  it('tells which updates write every index, and why from 16 on', async () => {
    expect(found('hot-updates-low')).toEqual([
      'information: 100 % of the updates of churned write all its indexes',
    ]);
    expect(sql('hot-updates-low')).toEqual([
      'ALTER TABLE public.churned SET (fillfactor = 85);',
      'ALTER TABLE public.churned RESET (fillfactor);',
    ]);
    await canBeRun(sql('hot-updates-low'));
  });

  it.runIf(major === 18)(
    'proposes a smaller scale factor for a large table, and what it was on the way back',
    async () => {
      expect(found('autovacuum-settings-large-table')).toEqual([
        'information: Autovacuum comes to churned only at 15,000,050 dead rows',
      ]);
      expect(sql('autovacuum-settings-large-table')).toEqual([
        'ALTER TABLE public.churned SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);',
        'ALTER TABLE public.churned SET (autovacuum_vacuum_scale_factor = 0.3);\nALTER TABLE public.churned RESET (autovacuum_analyze_scale_factor);',
      ]);
      await canBeRun(sql('autovacuum-settings-large-table'));
    },
  );

  it.each([
    'wraparound-near',
    'table-large-unpartitioned',
    'password-expired-soon',
    'tls-off',
    'hba-trust',
    'jit',
  ])('has nothing to say of %s here', check => expect(found(check)).toEqual([]));

  it('tells of roles', () => {
    const {name} = database;
    const own = (check: string): readonly string[] => found(check).filter(text => text.includes(name));
    expect(own('superuser-login')).toEqual([`warning: ${name}_root logs in as a superuser`]);
    expect(own('bypass-row-security')).toEqual([`warning: Row security does not hold ${name}_passing`]);
    expect(own('password-not-scram')).toEqual([`warning: The password of ${name}_old is stored as MD5`]);
    expect(own('password-expired')).toEqual([
      expect.stringMatching(`^information: The password of ${name}_expired expired \\d+ days ago$`),
    ]);
  });

  it('tells what everybody may do', async () => {
    const schemas = major === 14 ? ['public', 'shared'] : ['shared'];
    expect(found('public-create')).toEqual(
      schemas.map(name => `warning: Every role may create objects in the schema ${name}`),
    );
    expect(found('public-grant')).toEqual([
      'warning: Every role has INSERT and SELECT on shared.notes',
      'information: Every role has SELECT on shared.readable',
    ]);
    await canBeRun([...sql('public-create'), ...sql('public-grant')]);
  });

  it('tells of row security that does not hold', async () => {
    expect(found('row-security-without-policy')).toEqual([
      'error: The policies on rls_off do nothing, because row security is not enabled',
      'information: rls_empty has row security and no policy: only its owner sees its rows',
    ]);
    expect(found('row-security-owner-bypass')).toEqual([
      `information: Row security on rls_owned does not hold its owner ${database.name}_owner, who logs in`,
    ]);
    await canBeRun([...sql('row-security-without-policy'), ...sql('row-security-owner-bypass')]);
    const owner = await openFor(database, {user: `${database.name}_owner`});
    const again = await assess(await readAs(database, 'superuser', parts));
    expect(foundBy(again, 'row-security-owner-bypass')).toEqual([expect.stringMatching(/^warning: /)]);
    await owner.close();
  });

  it('tells which functions take the caller’s search_path', async () => {
    expect(found('definer-without-search-path')).toEqual([
      'warning: open_door runs as postgres with the caller’s search_path',
      'warning: side_door runs as postgres with the caller’s search_path',
    ]);
    await canBeRun(sql('definer-without-search-path'));
    const after = offeredBy(assessment, 'definer-without-search-path').filter(text => text.includes(' SET '));
    await database.sql(`BEGIN; ${after.join('\n')} COMMIT`);
    const again = await assess(await readAs(database, 'superuser', ['security']));
    expect(foundBy(again, 'definer-without-search-path')).toEqual([]);
  });

  it('tells which extensions are older than their files', async () => {
    expect(found('extension-outdated')).toEqual([
      `information: pg_stat_statements is of version ${major === 14 ? '1.8, and the server has 1.9' : '1.11, and the server has 1.12'}`,
    ]);
    await canBeRun(sql('extension-outdated'));
  });

  it('tells which statements take the time, vary, and sort on disk', () => {
    expect(found('statement-slow')).toContainEqual(
      expect.stringMatching(
        /^warning: “SELECT count\(\*\), pg_sleep\(\$1\)” takes \d\d % of the time of all statements$/,
      ),
    );
    expect(found('statement-variance')).toEqual([
      expect.stringMatching(
        /^information: “SELECT pg_sleep\(\$1\) AS wavering” takes \d+ ms on average and up to 1\.\d s$/,
      ),
    ]);
    expect(found('statement-temporary-files')).toEqual([
      expect.stringMatching(
        /^information: “SELECT n, repeat\(\$1, \$2\) FROM generate_series\(.*…” writes \d\d MB of temporary files in each call$/,
      ),
    ]);
    expect(sql('statement-temporary-files')[0]).toContain("SET LOCAL work_mem = '128MB';");
    expect(found('statements-extension-missing')).toEqual([]);
  });

  it('tells of the settings, and that the command line wins', () => {
    expect(found('fsync-off')).toEqual([
      'error: fsync is off: a power failure can destroy the whole cluster',
    ]);
    expect(found('full-page-writes-off')).toHaveLength(1);
    expect(found('synchronous-commit-off')).toHaveLength(1);
    expect(sql('fsync-off')).toEqual([]);
    const [finding] = assessment.findings.filter(({check}) => check === 'fsync-off');
    expect(finding?.fix).toContain('It is given on the server’s command line, which wins over ALTER SYSTEM');
    expect(sql('track-io-timing-off')).toEqual([
      "ALTER SYSTEM SET track_io_timing = 'on';\nSELECT pg_reload_conf();",
    ]);
    expect(sql('log-lock-waits-off')).toEqual([
      "ALTER SYSTEM SET log_lock_waits = 'on';\nSELECT pg_reload_conf();",
    ]);
    expect(sql('idle-in-transaction-timeout-off')).toEqual([
      "ALTER SYSTEM SET idle_in_transaction_session_timeout = '10min';\nSELECT pg_reload_conf();",
    ]);
    for (const check of [
      'work-mem-risk',
      'max-connections-high',
      'checkpoint-settings',
      'setting-pending-restart',
    ])
      expect(found(check)).toEqual([]);
  });

  it('holds no secret', () => {
    const text = JSON.stringify(reading);
    expect(text).toContain("PASSWORD '…'");
    expect([text.includes('deadbeef'), text.includes('SCRAM-SHA-256$')]).toEqual([false, false]);
  });

  it.each([
    ['monitor', ['pg_authid', 'pg_hba.conf']],
    ['ordinary', ['pg_authid', 'pg_hba.conf', 'encrypted']],
  ] as const)('works as the %s role, and says what it could not see', async (who: Who, gaps) => {
    const seen = await readAs(database, who, parts);
    for (const part of parts) expect(seen[part]).toMatchObject({kind: 'seen'});
    expect(seen.security).toMatchObject({gaps: gaps.map(gap => expect.stringContaining(gap))});
    const others = await assess(seen);
    for (const check of [
      'table-dead-rows',
      'autovacuum-off',
      'row-security-without-policy',
      'fsync-off',
      'public-create',
    ])
      expect(foundBy(others, check)).toEqual(found(check));
    expect(foundBy(others, 'password-not-scram')).toEqual([]);
    if (who === 'ordinary') expect(foundBy(others, 'statement-slow')).toEqual([]);
    else expect(foundBy(others, 'statement-slow')).not.toEqual([]);
  });

  async function canBeRun(statements: readonly string[]): Promise<void> {
    expect(statements).not.toEqual([]);
    await database.sql(`BEGIN; ${statements.join('\n')} ROLLBACK`);
  }
});

/** 12 s of sleep in a good second, statements that vary, and sorts that do not fit. */
async function work(database: TestDatabase): Promise<void> {
  const sessions = await Promise.all(Array.from({length: 10}, () => openFor(database)));
  const [first] = sessions;
  await Promise.all(
    sessions.map(async (session, index) => {
      value(await session.query('SELECT count(*), pg_sleep($1)', [1.2]));
      if (index < 4) value(await session.query('SELECT pg_sleep($1) AS wavering', [1.4]));
    }),
  );
  for (let call = 0; call < 60; call += 1)
    if (first) value(await first.query('SELECT pg_sleep($1) AS wavering', [0]));
  for (let call = 0; call < 8; call += 1)
    if (first)
      value(
        await first.query(
          "SELECT n, repeat('x', 1000) FROM generate_series(1, 40000) AS n ORDER BY md5(n::text) OFFSET 39999",
        ),
      );
  await Promise.all(sessions.map(session => session.close()));
}
