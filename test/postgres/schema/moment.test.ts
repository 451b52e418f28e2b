import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Queryable, Session} from '../../../src/core/session.ts';
import {readRowCounts} from '../../../src/postgres/schema/row-counts.ts';
import {readSchema} from '../../../src/postgres/schema/read-schema.ts';
import {readSchemaMark} from '../../../src/postgres/schema/schema-mark.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {ends} from '../../rig/servers.ts';
import {failure, openFor, value} from '../../rig/sessions.ts';
import {setUp} from './set-up.ts';

const settings = [
  'search_path',
  'lock_timeout',
  'DateStyle',
  'IntervalStyle',
  'TimeZone',
  'extra_float_digits',
  'jit',
  'quote_all_identifiers',
  'bytea_output',
  'transaction_isolation',
  'transaction_read_only',
];

async function settingsOf(session: Session): Promise<readonly string[]> {
  const sql = `SELECT name || '=' || setting FROM pg_catalog.pg_settings WHERE name = ANY($1) ORDER BY name`;
  return value(await session.texts(sql, {params: [settings]}));
}

describe.each(ends)('on PostgreSQL %s', major => {
  let database: TestDatabase;
  let session: Session;
  beforeAll(async () => {
    database = await createDatabase(major);
    await database.sql(setUp);
    session = await openFor(database);
  });
  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  it.each([
    ['a session', (db: Session): Queryable => db],
    ['whatever answers queries', (db: Session): Queryable => ({query: (...given) => db.query(...given)})],
  ])('sees what an open transaction of %s has made, and leaves all as it was', async (_, as) => {
    value(
      await session.script(
        `SET search_path = s, public; SET lock_timeout = '77ms'; SET DateStyle = 'German'`,
      ),
    );
    value(
      await session.script(
        `BEGIN; SET LOCAL TimeZone = 'Asia/Tokyo'; CREATE TABLE s.uncommitted (at timestamptz DEFAULT '2025-01-02 03:04:05+00')`,
      ),
    );
    const before = await settingsOf(session);
    const snapshot = value(await readSchema(as(session)));
    expect(snapshot.objects.get('column s.uncommitted.at')?.attributes).toEqual({
      type: 'timestamp with time zone',
      position: 1,
      default: `'2025-01-02 03:04:05+00'::timestamp with time zone`,
    });
    expect(await settingsOf(session)).toEqual(before);
    expect(session.transactionStatus()).toBe('open');
    value(await session.script('CREATE TABLE s.goes_on (); ROLLBACK; RESET ALL'));
  });

  it.each([
    ['a session', (db: Session): Queryable => db],
    ['whatever answers queries', (db: Session): Queryable => ({query: (...given) => db.query(...given)})],
  ])('reads outside of a transaction of %s and leaves none', async (_, as) => {
    const before = await settingsOf(session);
    const snapshot = value(await readSchema(as(session)));
    expect(snapshot).toMatchObject({database: database.name, user: 'postgres'});
    expect(Math.trunc(snapshot.versionNumber / 10_000)).toBe(major);
    expect(await settingsOf(session)).toEqual(before);
    expect(session.transactionStatus()).toBe('idle');
  });

  it('says that a table is locked, and leaves an open transaction usable', async () => {
    await database.sql('CREATE TABLE s.held (a int DEFAULT 1)');
    const other = await openFor(database);
    value(await other.script('BEGIN; LOCK TABLE s.held IN ACCESS EXCLUSIVE MODE'));
    value(await session.script('BEGIN; CREATE TABLE s.mine ()'));
    const failed = failure(await readSchema(session, {lockTimeout: 50}));
    expect(failed.reason).toBe('locked');
    expect(failed.message).toMatch(/holds a lock on s\.held \(process \d+, howdah-test\)\.$/);
    expect(session.transactionStatus()).toBe('open');
    value(await session.script('CREATE TABLE s.also_mine (); ROLLBACK'));
    failure(await readSchema(session, {lockTimeout: 50}));
    expect(session.transactionStatus()).toBe('idle');
    value(await other.script('ROLLBACK'));
    await other.close();
    value(await readSchema(session));
  });

  it('reads while others make and drop what it reads', async () => {
    const other = await openFor(database);
    const stop = new AbortController();
    const changing = (async () => {
      while (!stop.signal.aborted) {
        value(
          await other.script(`CREATE TABLE s.brief (a int, b int DEFAULT 1, CHECK (a > b)); CREATE INDEX ON s.brief (lower(a::text));
            CREATE VIEW s.brief_view AS SELECT a FROM s.brief; CREATE FUNCTION s.brief() RETURNS int LANGUAGE sql AS 'SELECT 1'`),
        );
        value(await other.script('DROP TABLE s.brief CASCADE; DROP FUNCTION s.brief()'));
        for (let round = 0; round < 20; round += 1)
          value(
            await other.script(`CREATE TEMPORARY TABLE temporary (a int DEFAULT 1, CHECK (a > 0)); CREATE INDEX ON temporary (lower(a::text));
              DROP TABLE temporary`),
          );
      }
    })();
    for (let round = 0; round < 10; round += 1) value(await readSchema(session));
    stop.abort();
    await changing;
    await other.close();
  });

  it('can be cancelled', async () => {
    const cancel = new AbortController();
    cancel.abort();
    expect(failure(await readSchema(session, {signal: cancel.signal})).reason).toBe('cancelled');
    expect(session.transactionStatus()).toBe('idle');
  });

  it('reads equal databases as equal, whatever the oids', async () => {
    const sql = `CREATE TABLE s.one (id int PRIMARY KEY, b s.mood, CHECK (id > 0)); CREATE TABLE s.two (id int REFERENCES s.one, c text);
      CREATE INDEX two_c ON s.two (lower(c)); CREATE VIEW s.joined AS SELECT one.b, two.c FROM s.one JOIN s.two USING (id);
      CREATE FUNCTION s.f(s.one) RETURNS s.joined LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`;
    const first = await createDatabase(major);
    const second = await createDatabase(major);
    await second.sql('CREATE TABLE takes_oids (a serial PRIMARY KEY); DROP TABLE takes_oids');
    const snapshots = [];
    for (const each of [first, second]) {
      await each.sql(setUp);
      await each.sql(sql);
      const opened = await openFor(each);
      snapshots.push({...value(await readSchema(opened)), database: ''});
      await opened.close();
      await each.drop();
    }
    expect(snapshots[0]).toEqual(snapshots[1]);
    expect([...(snapshots[0]?.objects.keys() ?? [])]).toEqual([...(snapshots[1]?.objects.keys() ?? [])]);
    expect(snapshots[0]?.needs.get('function s.f(s.one)')).toEqual([
      'schema s',
      'table s.one',
      'view s.joined',
    ]);
  });

  it('reads as an ordinary role, and says what it could not see', async () => {
    await database.sql(
      `CREATE USER MAPPING FOR reader SERVER elsewhere OPTIONS (password 'secret'); SELECT lo_create(0)`,
    );
    const ordinary = await openFor(database, {user: 'writer'}, {password: 'writer'});
    const snapshot = value(await readSchema(ordinary));
    expect(snapshot.objects.has('table s.keys')).toBe(true);
    expect(snapshot.objects.get('user mapping elsewhere.reader')?.attributes).toEqual({});
    expect(snapshot.gaps.map(({words}) => words)).toEqual([
      'Large objects are not compared.',
      'Options of some user mappings were not read: only a superuser or the owner of the server may see them.',
    ]);
    value(await readSchemaMark(ordinary));
    await ordinary.close();
  });

  it('goes on without what a role is kept from', async () => {
    await database.sql('REVOKE SELECT ON pg_catalog.pg_policy, pg_catalog.pg_event_trigger FROM PUBLIC');
    const ordinary = await openFor(database, {user: 'writer'}, {password: 'writer'});
    const snapshot = value(await readSchema(ordinary));
    expect(snapshot.objects.has('table s.keys')).toBe(true);
    expect(snapshot.gaps).toEqual(
      expect.arrayContaining([
        {kind: 'policy', words: 'Policies were not read: permission denied for pg_policy.'},
        {
          kind: 'event trigger',
          words: 'Event triggers were not read: permission denied for pg_event_trigger.',
        },
      ]),
    );
    await ordinary.close();
    await database.sql('GRANT SELECT ON pg_catalog.pg_policy, pg_catalog.pg_event_trigger TO PUBLIC');
  });

  it('changes the mark with each kind of DDL', async () => {
    await database.sql(`CREATE TABLE s.t (a int, b text); CREATE SEQUENCE s.q; CREATE FUNCTION s.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE VIEW s.v AS SELECT 1 AS one`);
    let before = value(await readSchemaMark(session));
    for (const sql of changes) {
      await database.sql(sql);
      const mark = value(await readSchemaMark(session));
      expect(mark, sql).not.toBe(before);
      before = mark;
    }
  });

  it('keeps the mark while only data changes', async () => {
    await database.sql(
      'CREATE TABLE s.data (a int); INSERT INTO s.data VALUES (1); CREATE SEQUENCE s.counter',
    );
    const mark = value(await readSchemaMark(session));
    for (const sql of [
      'INSERT INTO s.data SELECT generate_series(1, 1000)',
      `SELECT nextval('s.counter')`,
      'ANALYZE s.data',
      'VACUUM s.data',
      "CREATE TEMPORARY TABLE passing (a serial PRIMARY KEY, b text CHECK (b <> '')); CREATE INDEX ON passing (b); DROP TABLE passing",
    ]) {
      await database.sql(sql);
      expect(value(await readSchemaMark(session)), sql).toBe(mark);
    }
    const other = await openFor(database);
    value(
      await other.script(
        `CREATE TEMPORARY TABLE staying (a serial PRIMARY KEY, b text CHECK (b <> '')); CREATE INDEX ON staying (b)`,
      ),
    );
    expect(value(await readSchemaMark(session))).toBe(mark);
    await other.close();
  });

  it('takes what the statistics have seen, where nothing was counted', async () => {
    await database.sql('CREATE TABLE s.seen (a int); INSERT INTO s.seen SELECT generate_series(1, 40)');
    // a backend reports what it did at its end
    await expect
      .poll(async () => value(await readRowCounts(session)).get('s.seen'), {timeout: 10_000})
      .toEqual({estimate: 40});
  });

  it('estimates rows', async () => {
    await database.sql(`CREATE TABLE s."Counted" (a int); INSERT INTO s."Counted" SELECT generate_series(1, 500); ANALYZE s."Counted";
      CREATE TABLE s.not_yet (a int); CREATE TABLE s.parts (a int) PARTITION BY LIST (a); CREATE TABLE s.parts_1 PARTITION OF s.parts FOR VALUES IN (1);
      INSERT INTO s.parts SELECT 1 FROM generate_series(1, 30); ANALYZE s.parts_1`);
    const counts = value(await readRowCounts(session));
    expect(counts.get('s."Counted"')).toEqual({estimate: 500});
    expect(counts.get('s.not_yet')).toEqual({estimate: null});
    expect(counts.get('s.parts')).toEqual({estimate: 30});
  });
});

const changes = [
  'ALTER TABLE s.t ADD COLUMN c int',
  'ALTER TABLE s.t ALTER c SET NOT NULL',
  'ALTER TABLE s.t ALTER c SET DEFAULT 1',
  'ALTER TABLE s.t ALTER c SET DEFAULT 2',
  'ALTER TABLE s.t ALTER c SET STATISTICS 7',
  'ALTER TABLE s.t DROP COLUMN c',
  'ALTER TABLE s.t ADD CHECK (a > 0)',
  'CREATE INDEX i ON s.t (a)',
  'ALTER INDEX s.i RENAME TO j',
  'DROP INDEX s.j',
  'ALTER TABLE s.t ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY p ON s.t USING (true)',
  'GRANT SELECT ON s.t TO reader',
  'GRANT SELECT (a) ON s.t TO reader',
  `COMMENT ON COLUMN s.t.a IS 'x'`,
  'CREATE TRIGGER g BEFORE INSERT ON s.t FOR EACH ROW EXECUTE FUNCTION s.f()',
  'ALTER TABLE s.t DISABLE TRIGGER g',
  `CREATE OR REPLACE FUNCTION s.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
  'CREATE OR REPLACE VIEW s.v AS SELECT 2 AS one',
  'ALTER SEQUENCE s.q INCREMENT 5',
  'ALTER SEQUENCE s.q OWNED BY s.t.a',
  `ALTER TYPE s.mood ADD VALUE 'fine'`,
  'CREATE DOMAIN s.d AS int',
  'ALTER DOMAIN s.d SET NOT NULL',
  'CREATE STATISTICS s.st ON a, b FROM s.t',
  'CREATE PUBLICATION p FOR TABLE s.t',
  `ALTER PUBLICATION p SET (publish = 'insert')`,
  `ALTER SERVER elsewhere OPTIONS (a 'b')`,
  'CREATE USER MAPPING FOR writer SERVER elsewhere',
  'ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO reader',
  'CREATE TEXT SEARCH CONFIGURATION s.c (PARSER = default)',
  'ALTER TEXT SEARCH CONFIGURATION s.c ADD MAPPING FOR word WITH simple',
  'ALTER FUNCTION s.f() DEPENDS ON EXTENSION hstore',
  'ALTER EXTENSION hstore SET SCHEMA s',
  `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''5MB''', current_database()); END $$`,
  `DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS ''x''', current_database()); END $$`,
  'CREATE SCHEMA another',
  'ALTER TABLE s.t SET SCHEMA another',
  'ALTER TABLE another.t OWNER TO writer',
];
