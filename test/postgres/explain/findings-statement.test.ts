import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Session} from '../../../src/core/session.ts';
import {startDebianServer, type DebianServer} from '../../rig/debian-server.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {
  checksOf,
  endsWithTheFile,
  examine,
  examineFor,
  findingOf,
  follow,
  sessionsOn,
} from './findings-rig.ts';

endsWithTheFile();

const tables = `
CREATE TABLE parents (id int PRIMARY KEY, name text NOT NULL);
INSERT INTO parents SELECT i, 'parent ' || i FROM generate_series(1, 3000) AS i;
CREATE TABLE children (id int PRIMARY KEY, parent_id int NOT NULL CONSTRAINT children_parent REFERENCES parents,
  n int NOT NULL, note text NOT NULL);
INSERT INTO children SELECT i, 2500 + i % 500, i % 1000, repeat('n', 60) FROM generate_series(1, 40000) AS i;
VACUUM ANALYZE parents;
VACUUM ANALYZE children;
`;

const on = sessionsOn([14, 16, 18], tables);

describe('triggers', () => {
  it.each([14, 16, 18] as const)(
    'trigger-time on %i: a foreign key without an index, which is then made',
    async major => {
      const session = on(major);
      const before = await examine(session, 'DELETE FROM parents WHERE id <= 200');
      const finding = findingOf(before, 'trigger-time');
      expect(finding).toMatchObject({
        confidence: 'certain',
        actions: [
          {
            kind: 'create-index',
            definition: 'CREATE INDEX children_parent_id_idx ON public.children USING btree (parent_id)',
          },
        ],
      });
      await follow(session, finding.actions);
      const after = await examine(session, 'DELETE FROM parents WHERE id BETWEEN 201 AND 400');
      expect(checksOf(after)).not.toContain('trigger-time');
      expect(after.attribution.triggersMs).toBeLessThan((before.attribution.triggersMs ?? 0) / 4);
    },
  );

  it('says what it can of a trigger that somebody wrote', async () => {
    const session = on(16);
    value(
      await session.script(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.002); RETURN NEW; END $$;
        CREATE TRIGGER slowly BEFORE UPDATE ON parents FOR EACH ROW EXECUTE FUNCTION slow()`),
    );
    const finding = findingOf(
      await examine(session, 'UPDATE parents SET name = name WHERE id BETWEEN 1000 AND 1010'),
      'trigger-time',
    );
    expect(finding).toMatchObject({confidence: 'possible', actions: []});
    expect(finding.why).toMatch(/slowly on parents ran 11 times/);
    value(await session.script('DROP TRIGGER slowly ON parents'));
  });

  it('says nothing of a check that finds its rows by an index', async () => {
    const {findings} = await examine(
      on(18),
      'INSERT INTO children SELECT i, 2600, 1, $$n$$ FROM generate_series(50001, 52000) AS i',
    );
    expect(findings).toEqual([]);
  });
});

describe('workers', () => {
  const parallel = `SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0`;

  it.each([14, 18] as const)('workers-not-launched on %i, until there are enough', async major => {
    const session = on(major);
    value(await session.script(`${parallel}; SET max_parallel_workers = 0`));
    const sql = `SELECT count(*), max(md5(note)) FROM children`;
    const finding = findingOf(await examineFor(session, sql, 'workers-not-launched'), 'workers-not-launched');
    expect(finding.what).toMatch(/^Ran with 0 of [12] planned workers$/);
    expect(finding.fix).toContain('max_parallel_workers');
    value(await session.script('SET max_parallel_workers = 8'));
    expect(checksOf(await examine(session, sql))).not.toContain('workers-not-launched');
  });

  it('counts a scan by workers once', async () => {
    const session = on(18);
    value(
      await session.script(
        `CREATE TABLE crowd AS SELECT i AS id, i % 1000 AS n FROM generate_series(1, 200000) AS i; ANALYZE crowd; ${parallel}`,
      ),
    );
    const sql = 'SELECT * FROM crowd WHERE n = 77';
    const before = await examineFor(session, sql, 'seq-scan-discards');
    const finding = findingOf(before, 'seq-scan-discards');
    expect(finding.why).toMatch(/threw 199,80\d of them away/);
    await follow(session, finding.actions);
    expect((await examine(session, sql)).findings).toEqual([]);
  });
});

describe('planning', () => {
  it('planning-time, until the statement names its partitions', async () => {
    const session = on(16);
    value(
      await session.script(`CREATE TABLE parts (id int NOT NULL, n int) PARTITION BY RANGE (id);
        DO $$ BEGIN FOR i IN 0..399 LOOP EXECUTE format('CREATE TABLE parts_%s PARTITION OF parts FOR VALUES FROM (%s) TO (%s)', i, i * 10, i * 10 + 10); END LOOP; END $$;
        INSERT INTO parts SELECT i, i FROM generate_series(0, 3999) AS i; ANALYZE parts`),
    );
    const sql = (condition: string): string =>
      `SELECT count(*) FROM parts a JOIN parts b USING (id) JOIN parts c USING (id) WHERE ${condition}`;
    value(await session.script('SET enable_partitionwise_join = on'));
    const before = await examineFor(session, sql('a.n = -1'), 'planning-time');
    const finding = findingOf(before, 'planning-time');
    expect(finding.fix).toContain('partition key');
    const after = await examine(session, sql('a.id = 7 AND b.id = 7 AND c.id = 7'));
    expect(checksOf(after)).not.toContain('planning-time');
    expect(after.attribution.planningMs).toBeLessThan((before.attribution.planningMs ?? 0) / 4);
  });

  it('tells a filter in many partitions once, about their table', async () => {
    const session = on(18);
    value(
      await session.script(`CREATE TABLE big (id int NOT NULL, n int NOT NULL, t text) PARTITION BY HASH (id);
        DO $$ BEGIN FOR i IN 0..7 LOOP EXECUTE format('CREATE TABLE big_%s PARTITION OF big FOR VALUES WITH (MODULUS 8, REMAINDER %s)', i, i); END LOOP; END $$;
        INSERT INTO big SELECT i, (i * 7919) % 20000, repeat('t', 60) FROM generate_series(1, 100000) AS i; ANALYZE big`),
    );
    const before = await examine(session, 'SELECT * FROM big WHERE n = 77');
    const finding = findingOf(before, 'seq-scan-discards');
    expect(before.findings.filter(({check}) => check === 'seq-scan-discards')).toHaveLength(1);
    expect(finding.actions).toEqual([
      {kind: 'create-index', definition: 'CREATE INDEX big_n_idx ON public.big USING btree (n)'},
    ]);
    await follow(session, finding.actions);
    expect((await examine(session, 'SELECT * FROM big WHERE n = 77')).findings).toEqual([]);
  });
});

describe('JIT', () => {
  let server: DebianServer;
  let session: Session;
  beforeAll(async () => {
    server = await startDebianServer();
    session = await openFor(server);
  });
  afterAll(async () => {
    await session?.close();
    await server?.stop();
  });

  it('jit-cost, until it is switched off', async () => {
    value(
      await session.script(
        'SET max_parallel_workers_per_gather = 0; SET jit_above_cost = 0; SET jit_optimize_above_cost = 0; SET jit_inline_above_cost = 0',
      ),
    );
    const sql =
      'SELECT sum(i * 2), avg(i + 3), max(i % 7) FROM generate_series(1, 3000) AS i WHERE i % 3 = 1';
    const before = await examineFor(session, sql, 'jit-cost');
    const finding = findingOf(before, 'jit-cost');
    await follow(session, finding.actions);
    const after = await examine(session, sql);
    expect(checksOf(after)).not.toContain('jit-cost');
    expect(after.attribution.executionMs).toBeLessThan((before.attribution.executionMs ?? 0) / 2);
  });

  it('says nothing of JIT that is a small part', async () => {
    value(
      await session.script(
        'SET jit = on; SET jit_above_cost = 0; SET jit_optimize_above_cost = -1; SET jit_inline_above_cost = -1',
      ),
    );
    const examined = await examine(session, 'SELECT count(*) FROM generate_series(1, 1500000) AS i');
    expect(examined.attribution.jitMs).toBeGreaterThan(0);
    expect(checksOf(examined)).not.toContain('jit-cost');
  });
});
