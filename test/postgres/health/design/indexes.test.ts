import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {assess} from '../../../../src/core/health/assess.ts';
import {replaceIndexMigrations} from '../../../../src/core/health/design/replace-index.ts';
import type {HealthFinding} from '../../../../src/core/health/finding.ts';
import type {Reading} from '../../../../src/core/health/parts.ts';
import {maintenanceSql} from '../../../../src/core/health/maintenance.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {dropWithRoles, makeRoles, readAs, type Who} from '../slow/roles.ts';
import {bloatSql, factsSql, hotSql, indexFindings, useSql} from './index-fixture.ts';

const own = [
  'index-bloated',
  'table-bloated',
  'index-low-cardinality',
  'index-null-heavy',
  'index-timestamp-not-last',
];

async function toldIn(reading: Reading): Promise<readonly HealthFinding[]> {
  return (await assess(reading)).findings.filter(({check}) => own.includes(check));
}

const lines = (findings: readonly HealthFinding[]): readonly string[] =>
  findings.map(({check, severity, what}) => `${check} ${severity} ${what.replace(/\d %/, '# %')}`).toSorted();

describe.each([14, 18] as const)('indexes of PostgreSQL %i that serve less than they cost', major => {
  let database: TestDatabase;
  let reading: Reading;
  const read = (who: Who): Promise<Reading> => readAs(database, who, ['indexes', 'tables', 'extensions']);

  beforeAll(async () => {
    database = await createDatabase(major, 'index_design');
    await makeRoles(database);
    for (const sql of [factsSql, bloatSql, hotSql]) await database.sql(sql);
    await database.sql('VACUUM ANALYZE');
    await database.sql(useSql);
    do reading = await read('superuser');
    while (!told(reading));
  });
  afterAll(() => dropWithRoles(database));

  it('tells what is so, and nothing else', async () => {
    expect(lines(await toldIn(reading))).toEqual(indexFindings);
  });

  it('tells of a table that is written much once that went on for a week', async () => {
    const {server} = reading;
    if (server?.kind !== 'seen') expect.fail('the server was not read');
    const now = server.value.now + 7 * 86_400_000;
    const later = {...reading, server: {...server, value: {...server.value, now}}};
    const tooMany = (found: readonly HealthFinding[]): readonly string[] =>
      found.flatMap(({check, what}) => (check === 'too-many-indexes' ? [what] : []));
    expect(tooMany((await assess(later)).findings).filter(what => what.startsWith('hot'))).toEqual([
      'hot has 8 indexes and is written more than they are read',
    ]);
    const [hot] = (await assess(later)).findings.filter(({what}) => what.startsWith('hot has 8'));
    expect(hot?.actions).toEqual([{kind: 'show-indexes', table: {schema: 'public', name: 'hot'}}]);
    expect(
      tooMany((await assess(later)).findings).filter(what => /^(?:lukewarm|hot_and_slim|small)/.test(what)),
    ).toEqual([]);
    expect(tooMany((await assess(reading)).findings)).toEqual([]);
  });

  it.each(['monitor', 'ordinary'] as const)('tells no more, and does not fail, as %s', async who => {
    const found = lines(await toldIn(await read(who)));
    expect(found).toEqual([]);
  });

  it('offers migrations that work, and whose downs undo them', async () => {
    const definitions = (): Promise<readonly unknown[]> =>
      database.sql(`SELECT pg_get_indexdef(indexrelid) AS it, indisvalid FROM pg_index
        WHERE indrelid = 'facts'::regclass ORDER BY indexrelid::regclass::text`);
    const before = await definitions();
    const migrations = (await toldIn(reading)).flatMap(({actions}) =>
      actions.flatMap(action => (action.kind === 'migration' ? action.migrations : [])),
    );
    for (const {up} of migrations) await database.sql(up);
    expect(
      (await definitions())
        .map(row => JSON.stringify(row))
        .filter(row => /not_null|rare|first_time_last/.test(row)),
    ).toHaveLength(5);
    for (const {down} of migrations.toReversed()) await database.sql(down);
    expect(await definitions()).toEqual(before);
  });

  it('offers to rebuild bloated indexes, those of partitions together', async () => {
    const bloated = (await toldIn(reading)).filter(({check}) => check === 'index-bloated');
    for (const {actions} of bloated)
      for (const action of actions)
        if (action.kind === 'maintain') await database.sql(maintenanceSql(action));
    const after = await toldIn(await read('superuser'));
    expect(after.filter(({check}) => check === 'index-bloated')).toEqual([]);
  });

  it('replaces an index of a partitioned table, and puts it back', async () => {
    await database.sql(`CREATE TABLE days (id int, at date) PARTITION BY RANGE (at);
      CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      CREATE TABLE days_2 PARTITION OF days FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
      CREATE INDEX days_id ON days (id); CREATE INDEX days_id_rare ON days (at)`);
    const {indexes} = await read('superuser');
    const part = indexes?.kind === 'seen' ? indexes.value : expect.fail('there are no indexes');
    const index = part.indexes.find(({name}) => name === 'days_id') ?? expect.fail('there is no index');
    const definitions = (): Promise<readonly unknown[]> =>
      database.sql(`SELECT pg_get_indexdef(i.indexrelid), h.inhparent::regclass FROM pg_index AS i
        LEFT JOIN pg_inherits AS h ON h.inhrelid = i.indexrelid
        WHERE i.indexrelid::regclass::text LIKE 'days%' ORDER BY 1`);
    const before = await definitions();
    const migrations = replaceIndexMigrations(part, index, {predicate: '(id > 5)'}, 'rare');
    for (const {up} of migrations) await database.sql(up);
    expect(JSON.stringify(await definitions())).toContain(
      'INDEX days_id_rare2 ON ONLY public.days USING btree (id) WHERE (id > 5)',
    );
    for (const {down} of migrations.toReversed()) await database.sql(down);
    expect(await definitions()).toEqual(before);
  });
});

/** The collector of 14 is up to half a second behind. */
function told({indexes, tables}: Reading): boolean {
  if (indexes?.kind !== 'seen' || tables?.kind !== 'seen') return false;
  const hot = indexes.value.tables.find(({name}) => name === 'hot');
  const used = indexes.value.indexes.find(({name}) => name === 'facts_paging');
  const bloated = tables.value.rows.find(({name}) => name === 'bloated');
  return hot !== undefined && hot.inserted > 0 && (used?.scans ?? 0) > 0 && bloated?.live === 7500;
}
