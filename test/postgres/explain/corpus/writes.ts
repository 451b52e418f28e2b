import type {CorpusCase} from './corpus-case.ts';

/** Statements that change rows, and triggers. */
export const writes: readonly CorpusCase[] = [
  {
    name: 'insert with a foreign key',
    sql: `INSERT INTO awards SELECT id, 7 FROM badges`,
    shows: ['ModifyTable', 'Operation: Insert', 'WAL Records > 0'],
  },
  {
    name: 'insert or update',
    sql: `INSERT INTO badges SELECT n, 'X' FROM generate_series(95, 110) n ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name RETURNING *`,
    shows: ['ModifyTable', 'Conflict Resolution: UPDATE', 'Conflicting Tuples > 0'],
  },
  {
    name: 'insert or nothing',
    sql: `INSERT INTO badges VALUES (1, 'again'), (200, 'new') ON CONFLICT DO NOTHING`,
    shows: ['ModifyTable', 'Conflict Resolution: NOTHING'],
  },
  {
    name: 'update with triggers of its own',
    sql: `UPDATE badges SET name = name || '!' WHERE id > 50`,
    shows: ['ModifyTable', 'Operation: Update'],
  },
  {
    name: 'update from a join',
    sql: `UPDATE orders o SET status = 'gone' FROM customers c WHERE c.id = o.customer_id AND c.credit > 990 RETURNING o.id`,
    shows: ['ModifyTable', 'Operation: Update'],
  },
  {
    name: 'update with an InitPlan',
    sql: `UPDATE people SET name = (SELECT max(name) FROM badges) WHERE id < 20`,
    shows: ['ModifyTable', 'Parent Relationship: InitPlan'],
  },
  {
    name: 'delete that cascades',
    sql: `DELETE FROM orders WHERE id < 60`,
    shows: ['ModifyTable', 'Operation: Delete'],
  },
  {
    name: 'delete whose foreign key has no index',
    sql: `DELETE FROM badges WHERE id > 92`,
    shows: ['ModifyTable', 'Operation: Delete'],
  },
  {
    name: 'update of partitions',
    sql: `UPDATE readings SET value = 0 WHERE day BETWEEN 8 AND 12`,
    shows: ['ModifyTable', 'Operation: Update', 'Append'],
  },
  {
    name: 'rows that move between partitions',
    sql: `UPDATE readings SET day = 55 WHERE day = 3`,
    shows: ['ModifyTable', 'Operation: Update'],
  },
  {
    name: 'merge',
    sql: `MERGE INTO badges b USING people p ON p.id = b.id WHEN MATCHED AND b.id > 95 THEN UPDATE SET name = p.name
      WHEN MATCHED AND b.id > 92 THEN DELETE WHEN NOT MATCHED AND p.id < 120 THEN INSERT VALUES (p.id, p.name)`,
    since: 15,
    shows: ['ModifyTable', 'Operation: Merge', 'Tuples Inserted > 0', 'Tuples Skipped > 0'],
  },
  {
    name: 'merge with RETURNING and without a source',
    sql: `MERGE INTO badges b USING people p ON p.id = b.id WHEN MATCHED AND b.id > 95 THEN UPDATE SET name = p.name
      WHEN NOT MATCHED BY SOURCE THEN DO NOTHING RETURNING b.id`,
    since: 17,
    shows: ['ModifyTable', 'Operation: Merge'],
  },
  {
    name: 'data-modifying CTE that is read',
    sql: `WITH moved AS (DELETE FROM awards WHERE person_id < 500 RETURNING *) SELECT count(*) FROM moved`,
    shows: ['ModifyTable', 'CTE Scan'],
  },
  {
    name: 'data-modifying CTE that is not read',
    sql: `WITH moved AS (INSERT INTO awards SELECT 1, n FROM generate_series(1, 400) n) SELECT count(*) FROM badges`,
    shows: ['ModifyTable', 'Subplan Name: CTE moved'],
  },
  {
    name: 'data-modifying CTE that is read in part',
    sql: `WITH moved AS (INSERT INTO awards SELECT 1, n FROM generate_series(1, 400) n RETURNING *) SELECT * FROM moved LIMIT 5`,
    shows: ['ModifyTable', 'CTE Scan', 'Limit'],
  },
  {
    name: 'archive: delete feeds insert',
    sql: `WITH moved AS (DELETE FROM awards WHERE person_id < 300 RETURNING badge_id, person_id) INSERT INTO awards SELECT badge_id, -person_id FROM moved`,
    shows: ['ModifyTable', 'CTE Scan'],
  },
  {
    name: 'two data-modifying CTEs in a row',
    sql: `WITH a AS (INSERT INTO people SELECT n, 1, 'new' FROM generate_series(400, 450) n RETURNING id),
      b AS (UPDATE customers SET credit = 0 WHERE id IN (SELECT id FROM a) RETURNING id) SELECT 1`,
    shows: ['ModifyTable', 'CTE Scan'],
  },
  {
    name: 'rule that adds a query',
    sql: `INSERT INTO shadowed SELECT n, 'S' || n FROM generate_series(1, 20) n`,
    shows: ['ModifyTable'],
  },
  {
    name: 'create table as',
    sql: `CREATE TABLE copied AS SELECT * FROM orders WHERE total > 400`,
    shows: ['Seq Scan'],
  },
  {
    name: 'write to a temporary table',
    before: `CREATE TEMP TABLE scratch (n int)`,
    sql: `INSERT INTO scratch SELECT generate_series(1, 3000)`,
    shows: ['ModifyTable', 'Local Dirtied Blocks > 0'],
  },
];
