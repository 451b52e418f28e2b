import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {IndexesPart} from '../../../../src/core/health/parts/indexes.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {majors} from '../../../rig/servers.ts';
import {indexesOf, readIndexes} from './index-rig.ts';

/** What teams ask by hand, word for word but for names of columns that the views do not have. */
const byHand = {
  usage: `SELECT schemaname, relname AS tablename, indexrelname AS indexname, idx_scan, idx_tup_read, idx_tup_fetch
    FROM pg_stat_user_indexes ORDER BY idx_scan DESC`,
  unused: `SELECT schemaname, relname AS tablename, indexrelname AS indexname, idx_scan
    FROM pg_stat_user_indexes WHERE idx_scan = 0 AND schemaname = 'public'`,
  sizes: `SELECT indexrelid::int8 AS oid, pg_relation_size(indexrelid) AS bytes FROM pg_stat_user_indexes`,
  blocks: `SELECT indexrelid::int8 AS oid, idx_blks_read, idx_blks_hit FROM pg_statio_user_indexes`,
  tables: `SELECT relid::int8 AS oid, seq_scan, seq_tup_read, idx_scan, n_tup_ins, n_tup_upd, n_tup_hot_upd, n_tup_del FROM pg_stat_user_tables`,
} as const;

describe.each(majors)('PostgreSQL %i', major => {
  let db: TestDatabase;
  let part: IndexesPart;

  beforeAll(async () => {
    db = await createDatabase(major, 'agreement');
    await db.sql(`CREATE SCHEMA s; CREATE TABLE s.a (id int PRIMARY KEY, v int, w text); CREATE INDEX a_v ON s.a (v); CREATE INDEX a_w ON s.a USING gin (to_tsvector('simple', w));
      CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES s.a ON DELETE CASCADE); CREATE INDEX b_a ON b (a_id); CREATE INDEX b_unused ON b (id, a_id);
      INSERT INTO s.a SELECT n, n % 10, 'w' || n FROM generate_series(1, 2000) AS n; INSERT INTO b SELECT n, n FROM generate_series(1, 2000) AS n; ANALYZE;`);
    await db.sql(`SET enable_seqscan = off; SELECT count(*) FROM s.a WHERE v = 3; SELECT * FROM s.a WHERE id = 5; UPDATE s.a SET w = 'x' WHERE v = 4; UPDATE b SET a_id = a_id WHERE id < 50;
      DELETE FROM s.a WHERE id < 20; SET enable_seqscan = on; SELECT count(*) FROM b;`);
    for (let tries = 0; tries < 60; tries += 1) {
      const [row] = await db.sql("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'b'");
      if (Number(row?.['seq_scan']) > 0) break;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    part = indexesOf(await readIndexes(db));
  });
  afterAll(() => db.drop());

  const texts = (rows: readonly Record<string, unknown>[]): readonly string[] =>
    rows.map(row => Object.values(row).map(String).join(' ')).toSorted();

  it('counts scans as pg_stat_user_indexes does', async () => {
    const own = part.indexes.map(index => [
      [index.schema, index.table, index.name, index.scans],
      [index.tuplesRead, index.tuplesFetched],
    ]);
    const rows = await db.sql(byHand.usage);
    expect(own.map(each => each.flat().join(' ')).toSorted()).toEqual(texts(rows));
    expect(rows.some(({idx_scan: scans}) => Number(scans) > 1)).toBe(true);
  });

  it('finds the same without a scan', async () => {
    const own = part.indexes
      .filter(({scans, schema}) => scans === 0 && schema === 'public')
      .map(({schema, table, name, scans}) => [schema, table, name, scans].join(' '));
    expect(own.toSorted()).toEqual(texts(await db.sql(byHand.unused)));
    expect(own).not.toEqual([]);
  });

  it('measures sizes and blocks alike', async () => {
    expect(part.indexes.map(({oid, bytes}) => `${oid} ${bytes}`).toSorted()).toEqual(
      texts(await db.sql(byHand.sizes)),
    );
    expect(
      part.indexes.map(({oid, blocksRead, blocksHit}) => `${oid} ${blocksRead} ${blocksHit}`).toSorted(),
    ).toEqual(texts(await db.sql(byHand.blocks)));
  });

  it('counts the traffic of tables as pg_stat_user_tables does', async () => {
    const own = part.tables.map(table =>
      [
        table.oid,
        table.seqScans,
        table.seqRows,
        table.indexScans,
        table.inserted,
        table.updated,
        table.hotUpdated,
        table.deleted,
      ].join(' '),
    );
    expect(own.toSorted()).toEqual(texts(await db.sql(byHand.tables)));
  });
});
