import {Client} from 'pg';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {assess} from '../../../../src/core/health/assess.ts';
import {readExactIndexes} from '../../../../src/postgres/health/indexes/exact.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {openFor, value} from '../../../rig/sessions.ts';
import {dropWithRoles, makeRoles, readAs} from '../slow/roles.ts';
import {indexesOf, readIndexes, rowOf, told} from './index-rig.ts';

const schema = `
CREATE SCHEMA hidden; REVOKE ALL ON SCHEMA hidden FROM PUBLIC;
CREATE TABLE hidden.t (id int PRIMARY KEY, a int, b text);
CREATE INDEX t_a ON hidden.t (a); CREATE INDEX t_ab ON hidden.t (a, b); CREATE INDEX t_l ON hidden.t (lower(b)) WHERE a > 0;
INSERT INTO hidden.t SELECT n, n, 'b' || n FROM generate_series(1, 5000) AS n;
CREATE TABLE "it's <b>""bold""</b>; --" ("<i>" int PRIMARY KEY, "a'b" text);
CREATE INDEX "<script>alert(1)</script>" ON "it's <b>""bold""</b>; --" ("a'b"); CREATE INDEX "x'; DROP TABLE t; --" ON "it's <b>""bold""</b>; --" ("a'b", "<i>");
ANALYZE;`;

describe.each([14, 18] as const)('PostgreSQL %i', major => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createDatabase(major, 'roles');
    await db.sql(schema);
    await makeRoles(db);
  });
  afterAll(() => dropWithRoles(db));

  it.each(['superuser', 'monitor', 'ordinary'] as const)('reads all indexes as %s', async who => {
    const reading = await readAs(db, who, ['indexes']);
    const part = indexesOf(reading);
    expect(part.indexes.map(({name}) => name).toSorted()).toEqual([
      '<script>alert(1)</script>',
      'it\'s <b>"bold"</b>; --_pkey',
      't_a',
      't_ab',
      't_l',
      't_pkey',
      "x'; DROP TABLE t; --",
    ]);
    expect(rowOf(part, 't_l')).toMatchObject({
      predicate: '(a > 0)',
      keys: [{text: 'lower(b)', descending: false}],
    });
    expect(rowOf(part, 't_a').bytes).toBeGreaterThan(8192);
    expect(told((await assess(reading)).findings)).toEqual([
      "index-redundant: <script>alert(1)</script> is covered by x'; DROP TABLE t; --",
      'index-redundant: t_a is covered by t_ab',
    ]);
  });

  it('drops an index whatever its name is', async () => {
    const {findings} = await assess(await readIndexes(db));
    const finding = findings.find(({what}) => what.startsWith('<script>'));
    const [action] = finding?.actions ?? [];
    const [migration] = action?.kind === 'migration' ? action.migrations : [];
    await db.sql(migration?.up ?? '');
    expect(indexesOf(await readIndexes(db)).indexes).toHaveLength(6);
    await db.sql(migration?.down ?? '');
    expect(rowOf(indexesOf(await readIndexes(db)), '<script>alert(1)</script>').valid).toBe(true);
  });

  it('waits for no lock: what is locked exclusively is read as far as that goes', async () => {
    await db.sql('CREATE INDEX t_l2 ON hidden.t (upper(b)) WHERE a > 0');
    const oids = indexesOf(await readIndexes(db)).indexes.map(({oid}) => oid);
    const holder = new Client({connectionString: db.url});
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE hidden.t IN ACCESS EXCLUSIVE MODE; REINDEX INDEX hidden.t_a');
    const reading = await readIndexes(db);
    const session = await openFor(db);
    const exact = await readExactIndexes(session, oids, {definitions: true});
    await session.close();
    await holder.query('ROLLBACK');
    await holder.end();
    await db.sql('DROP INDEX hidden.t_l2');
    const part = indexesOf(reading);
    expect(rowOf(part, 't_ab').keys.map(({text}) => text)).toEqual(['a', 'b']);
    expect(rowOf(part, 't_l').incomplete).toBe(true);
    expect(rowOf(part, 't_ab').incomplete).toBeUndefined();
    expect(reading.indexes).toMatchObject({
      gaps: [
        'Expressions or predicates of 2 indexes could not be read, because somebody locks the table exclusively.',
      ],
    });
    expect(told((await assess(reading)).findings).join()).not.toContain('t_l');
    const sized = new Map(value(exact).map(index => [index.oid, index]));
    expect(part.indexes.filter(({oid}) => !sized.has(oid)).map(({name}) => name)).toEqual(['t_a']);
    expect(sized.get(rowOf(part, 't_ab').oid)?.definition).toBeUndefined();
  });

  it('takes an index that is being built for no failure, and what a failed build left for one', async () => {
    const holder = new Client({connectionString: db.url});
    const builder = new Client({connectionString: db.url});
    await Promise.all([holder.connect(), builder.connect()]);
    await holder.query('BEGIN; INSERT INTO hidden.t VALUES (9999, 1)');
    const building = builder.query('CREATE INDEX CONCURRENTLY t_new ON hidden.t (b, a)').then(
      () => 'built',
      () => 'failed',
    );
    const invalid = async (): Promise<boolean> => {
      const rows = await db.sql(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('hidden.t_new')",
      );
      return rows[0]?.['indisvalid'] === false;
    };
    for (let tries = 0; tries < 100 && !(await invalid()); tries += 1)
      await new Promise(resolve => setTimeout(resolve, 20));
    const during = await readAs(db, 'ordinary', ['indexes']);
    expect(rowOf(indexesOf(during), 't_new')).toMatchObject({valid: false, building: true});
    expect(told((await assess(during)).findings).join()).not.toContain('t_new');
    await db.sql(
      "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY t_new%' AND datname = current_database()",
    );
    expect(await building).toBe('failed');
    await holder.query('ROLLBACK');
    await Promise.all([holder.end(), builder.end()]);
    const after = await readIndexes(db);
    const {findings} = await assess(after);
    const finding = findings.find(({check}) => check === 'index-invalid');
    expect(finding).toMatchObject({severity: 'warning', what: 't_new is not valid'});
    expect(finding?.actions.map(({kind}) => kind)).toEqual(['maintain', 'migration', 'migration']);
    const rebuild = finding?.actions[1];
    await db.sql(rebuild?.kind === 'migration' ? (rebuild.migrations[0]?.up ?? '') : '');
    expect(rowOf(indexesOf(await readIndexes(db)), 't_new').valid).toBe(true);
  });

  it('completes the index of a partitioned table, and takes that back', async () => {
    await db.sql(`CREATE TABLE p (a int, b int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
      CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20); CREATE INDEX p_b ON ONLY p (b DESC);
      CREATE INDEX p1_mine ON p1 (b DESC); ALTER INDEX p_b ATTACH PARTITION p1_mine;`);
    const state = (): Promise<readonly unknown[]> =>
      db.sql(`SELECT x.relname, i.indisvalid, h.inhparent::regclass::text AS parent FROM pg_class AS x JOIN pg_index AS i ON i.indexrelid = x.oid
        LEFT JOIN pg_inherits AS h ON h.inhrelid = x.oid WHERE i.indrelid IN ('p'::regclass, 'p1'::regclass, 'p2'::regclass) ORDER BY 1`);
    const before = await state();
    const {findings} = await assess(await readIndexes(db));
    const own = findings.filter(({check}) => check === 'index-invalid');
    expect(own.map(({what}) => what)).toEqual(['p_b is not valid: p2 has no index for it']);
    const [action] = own[0]?.actions ?? [];
    const migrations = action?.kind === 'migration' ? action.migrations : [];
    for (const {up} of migrations) await db.sql(up);
    expect(await state()).toEqual([
      {relname: 'p1_mine', indisvalid: true, parent: 'p_b'},
      {relname: 'p2_b_idx', indisvalid: true, parent: 'p_b'},
      {relname: 'p_b', indisvalid: true, parent: null},
    ]);
    for (const {down} of migrations.toReversed()) await db.sql(down);
    expect(await state()).toEqual(before);
  });

  it('tells a partition’s broken index at the top, once', async () => {
    await db.sql(`CREATE TABLE q (a int, b int) PARTITION BY RANGE (a); CREATE TABLE q1 PARTITION OF q FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (a);
      CREATE TABLE q1a PARTITION OF q1 FOR VALUES FROM (0) TO (10); CREATE TABLE q1b PARTITION OF q1 DEFAULT; CREATE INDEX q_b ON ONLY q (b);
      CREATE INDEX q1_b ON ONLY q1 (b); CREATE INDEX q1a_b ON q1a (b); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'q1a_b'::regclass;
      ALTER INDEX q1_b ATTACH PARTITION q1a_b; ALTER INDEX q_b ATTACH PARTITION q1_b;`);
    const {findings} = await assess(await readIndexes(db));
    const own = findings.filter(({subject}) => subject?.kind === 'index' && subject.table.startsWith('q'));
    expect(own.map(({what}) => what)).toEqual([
      'q_b is not valid: q1b has no index for it and q1a_b of q1a is not valid',
    ]);
    const [rebuild, , complete] = own[0]?.actions ?? [];
    expect(rebuild).toEqual({
      kind: 'maintain',
      command: 'reindex',
      object: {schema: 'public', name: 'q1a_b'},
    });
    await db.sql('REINDEX INDEX CONCURRENTLY q1a_b');
    const migrations = complete?.kind === 'migration' ? complete.migrations : [];
    for (const {up} of migrations) await db.sql(up);
    const after = indexesOf(await readIndexes(db));
    expect(['q_b', 'q1_b', 'q1a_b', 'q1b_b_idx'].map(name => rowOf(after, name).valid)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it('drops what REINDEX CONCURRENTLY left behind', async () => {
    await db.sql(
      "CREATE TABLE r (a int); CREATE INDEX r_a ON r (a); CREATE INDEX r_b_ccnew ON r ((a + 1)); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'r_b_ccnew'::regclass",
    );
    const {findings} = await assess(await readIndexes(db));
    const finding = findings.find(({what}) => what === 'r_b_ccnew is not valid');
    expect(finding?.fix).toMatch(/^Drop it: REINDEX CONCURRENTLY left it behind/);
    expect(finding?.actions.map(({kind}) => kind)).toEqual(['migration']);
  });
});
