import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {partOf} from '../../../../src/core/health/assess.ts';
import type {StatementRow, StatementsPart} from '../../../../src/core/health/parts/statements.ts';
import {readHealth} from '../../../../src/postgres/health/read-health.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {startDebianServer} from '../../../rig/debian-server.ts';
import {openFor, value} from '../../../rig/sessions.ts';
import {startServer, type TestServer} from '../../../rig/servers.ts';
import {dropWithRoles, makeRoles, readAs} from './roles.ts';

// A server runs every version of the extension since 1.4 until somebody updates it.
const versions = [
  {major: 14, version: '1.4'},
  {major: 14, version: '1.8'},
  {major: 14, version: '1.9'},
  {major: 15, version: '1.10'},
  {major: 17, version: '1.11'},
  {major: 18, version: '1.12'},
  {major: 18, version: '1.8'},
] as const;

describe.each(versions)(
  'statements of PostgreSQL $major with version $version of the extension',
  ({major, version}) => {
    let database: TestDatabase;
    let part: StatementsPart;
    const statement = (like: RegExp): StatementRow =>
      part.rows.find(({query}) => query !== undefined && like.test(query)) ??
      expect.fail(`no statement ${like.source}`);

    beforeAll(async () => {
      database = await createDatabase(major, 'statements');
      await makeRoles(database);
      await database.sql(`CREATE SCHEMA "My tools"; CREATE EXTENSION pg_stat_statements SCHEMA "My tools" VERSION '${version}';
      GRANT USAGE ON SCHEMA "My tools" TO "${database.name}_monitor"; CREATE TABLE shop (id int, note text)`);
      const session = await openFor(database, {parameters: {track_io_timing: 'on'}});
      for (let id = 1; id <= 3; id += 1)
        value(
          await session.query(`INSERT INTO shop SELECT n, 'x' FROM generate_series(1, 1000 * ${id}) AS n`),
        );
      value(await session.query('SELECT count(*) FROM shop WHERE id > 10'));
      value(await session.query('SELECT relname FROM pg_class WHERE oid = 1'));
      value(await session.script("SET work_mem = '64kB'"));
      value(await session.query('SELECT * FROM shop ORDER BY note, id DESC LIMIT 5 OFFSET 5000'));
      await session.close();
      part =
        partOf(await readAs(database, 'superuser', ['statements']), 'statements') ??
        expect.fail('no statements');
    });
    afterAll(() => dropWithRoles(database));

    it('has each statement once, with its figures', () => {
      const insert = statement(/^INSERT INTO shop/);
      expect(insert).toMatchObject({calls: 3, rows: 6000, user: 'postgres', topLevel: true});
      expect(insert.query).toContain('$1');
      expect(insert.totalMs).toBeCloseTo(insert.meanMs * 3, 6);
      expect(insert.minMs).toBeLessThanOrEqual(insert.meanMs);
      expect(insert.maxMs).toBeGreaterThanOrEqual(insert.meanMs);
      expect(insert.blocksHit).toBeGreaterThan(0);
      if (version !== '1.4') expect(insert.walRecords).toBeGreaterThanOrEqual(6000);
      expect(statement(/ORDER BY note/).temporaryWritten).toBeGreaterThanOrEqual(0);
      expect(new Set(part.rows.map(({id}) => id)).size).toBe(part.rows.length);
    });

    it('leaves out what looks into the catalogs or begins a session, and counts it in the totals', () => {
      const texts = part.rows.map(({query}) => query);
      expect(texts.filter(query => query?.includes('pg_class') || query?.startsWith('SET'))).toEqual([]);
      expect(part.totals.statements).toBeGreaterThan(part.rows.length);
      expect(part.totals.totalMs).toBeGreaterThan(part.rows.reduce((sum, {totalMs}) => sum + totalMs, 0));
    });

    it('leaves out what reads the health of a database', async () => {
      const all = [
        'sessions',
        'tables',
        'indexes',
        'settings',
        'security',
        'extensions',
        'design',
        'database',
      ] as const;
      await readAs(database, 'superuser', all);
      const rows = partOf(await readAs(database, 'superuser', ['statements']), 'statements')?.rows ?? [];
      expect(rows.map(({query}) => query).filter(query => query?.includes('json_strip_nulls'))).toEqual([]);
      const before = new Set(part.rows.map(({id}) => id));
      // What a commit costs is told, whoever commits.
      const added = rows.filter(({id}) => !before.has(id)).map(({query}) => query);
      expect(added.filter(query => query !== 'COMMIT')).toEqual([]);
    });

    it('orders by time and knows its version', () => {
      expect(part.rows.map(({totalMs}) => totalMs)).toEqual(
        part.rows.map(({totalMs}) => totalMs).toSorted((a, b) => b - a),
      );
      expect(part).toMatchObject({extensionVersion: version, max: 5000, ioTiming: false});
    });

    it('has the figures that the runbooks ask for', async () => {
      const time = version === '1.4' ? 'time' : 'exec_time';
      const asked =
        await database.sql(`SELECT query, calls::int, total_${time} AS total, mean_${time} AS mean, rows::int
      FROM "My tools".pg_stat_statements WHERE query LIKE '%shop%' AND query NOT LIKE '%"My tools"%' AND query NOT LIKE 'CREATE%'
      AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY total_${time} DESC`);
      expect(asked).toHaveLength(3);
      expect(asked).toEqual(
        part.rows
          .filter(({query}) => query?.includes('shop') && !query.startsWith('CREATE'))
          .map(({query, calls, totalMs, meanMs, rows}) => ({
            query,
            calls,
            total: totalMs,
            mean: meanMs,
            rows,
          })),
      );
    });

    it('shows a member of pg_monitor everything', async () => {
      const reading = await readAs(database, 'monitor', ['statements']);
      expect(reading.statements).toMatchObject({kind: 'seen', gaps: []});
      expect(partOf(reading, 'statements')?.rows.map(({id}) => id)).toEqual(
        expect.arrayContaining(part.rows.map(({id}) => id)),
      );
    });

    it('tells an ordinary role first that it may not use the schema, then what it does not see', async () => {
      const role = `"${database.name}_ordinary"`;
      const name = `${database.name}_ordinary`;
      expect((await readAs(database, 'ordinary', ['statements'])).statements).toEqual({
        kind: 'hidden',
        why: `pg_stat_statements is in the schema "My tools", which ${name} may not use or read.`,
        advice: expect.stringContaining(`GRANT USAGE ON SCHEMA "My tools" TO ${name};`),
      });
      await database.sql(`GRANT USAGE ON SCHEMA "My tools" TO ${role}`);
      const reading = await readAs(database, 'ordinary', ['statements']);
      expect(
        partOf(reading, 'statements')
          ?.rows.map(({user}) => user)
          .filter(user => user === 'postgres'),
      ).toEqual([]);
      expect(reading.statements).toMatchObject({
        gaps: [
          expect.stringMatching(
            /^\d+ statements of other roles with (100|\d\d) % of the time: members of pg_read_all/,
          ),
        ],
      });
      expect(partOf(reading, 'statements')?.totals.statements).toBeGreaterThan(5);
      await database.sql('REVOKE EXECUTE ON FUNCTION "My tools".pg_stat_statements(boolean) FROM PUBLIC');
      expect((await readAs(database, 'ordinary', ['statements'])).statements?.kind).toBe('hidden');
    });
  },
);

describe('a server that does not load the library', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(18, {flags: ['shared_preload_libraries=auto_explain']});
  });
  afterAll(() => server.stop());

  it('is told what to set, with the libraries that are loaded already', async () => {
    const database = {...server, name: 'postgres'};
    const session = await openFor(database);
    const read = async (): Promise<unknown> =>
      value(await readHealth(session, ['statements'])).reading.statements;
    const advice = `Run ALTER SYSTEM SET shared_preload_libraries = 'auto_explain', 'pg_stat_statements'; as a superuser and restart the server; on a managed service, add pg_stat_statements to shared_preload_libraries in its settings.`;
    expect(await read()).toEqual({
      kind: 'hidden',
      why: 'The server does not load the library of pg_stat_statements, nor is the extension installed in this database.',
      advice: `${advice} Then run CREATE EXTENSION pg_stat_statements; in this database.`,
    });
    value(await session.query('CREATE EXTENSION pg_stat_statements'));
    expect(await read()).toEqual({
      kind: 'hidden',
      why: 'The server does not load the library of pg_stat_statements, although the extension is installed.',
      advice,
    });
    // What the advice says is what the server takes.
    value(
      await session.query(`ALTER SYSTEM SET shared_preload_libraries = 'auto_explain', 'pg_stat_statements'`),
    );
    const file = value(
      await session.texts(
        `SELECT setting FROM pg_file_settings WHERE name = 'shared_preload_libraries' AND sourcefile LIKE '%.auto.conf'`,
      ),
    );
    expect(file).toEqual(['auto_explain, pg_stat_statements']);
    await session.close();
  });

  it('is told of what is not installed', async () => {
    const database = await createDatabase(18, 'statements');
    expect((await readAs(database, 'superuser', ['statements'])).statements).toEqual({
      kind: 'hidden',
      why: 'pg_stat_statements is not installed in this database.',
      advice: 'Run CREATE EXTENSION pg_stat_statements; as a superuser.',
    });
    await database.drop();
  });
});

describe('a server that compiles statements', () => {
  it('says how long that took', async () => {
    const server = await startDebianServer([
      'shared_preload_libraries=pg_stat_statements',
      'jit_above_cost=0',
      'jit_inline_above_cost=0',
      'jit_optimize_above_cost=0',
    ]);
    const session = await openFor(server);
    value(await session.query('CREATE EXTENSION pg_stat_statements'));
    value(
      await session.query('SELECT sum(n * 2 + 1), count(*) FROM generate_series(1, 1000) AS n WHERE n > 3'),
    );
    const {reading} = value(await readHealth(session, ['statements', 'settings']));
    const row = partOf(reading, 'statements')?.rows.find(({query}) => query?.includes('sum(n'));
    expect(row?.jitMs).toBeGreaterThan(1);
    await session.close();
    await server.stop();
  });
});
