import type {CorpusCase} from './corpus-case.ts';

/** Tables of another server, which is the same one over postgres_fdw. */
export const foreign: readonly CorpusCase[] = [
  {
    name: 'foreign scan',
    sql: `SELECT * FROM away.customers WHERE credit > 900`,
    shows: ['Foreign Scan', 'Remote SQL'],
  },
  {
    name: 'foreign join',
    sql: `SELECT c.name, o.total FROM away.customers c JOIN away.orders o ON o.customer_id = c.id WHERE o.total > 490`,
    shows: ['Foreign Scan', 'Relations'],
  },
  {
    name: 'foreign aggregate',
    sql: `SELECT country, count(*) FROM away.customers GROUP BY country`,
    shows: ['Foreign Scan'],
  },
  {
    name: 'foreign table joined with one of its own',
    sql: `SELECT count(*) FROM away.customers c JOIN badges b ON b.id = c.id`,
    shows: ['Foreign Scan'],
  },
  {
    name: 'foreign partitions at the same time',
    sql: `SELECT count(value + sensor) FROM away.readings WHERE value > 5`,
    shows: ['Append', 'Async Capable: true', 'Foreign Scan'],
  },
  {
    name: 'foreign update on the other side',
    sql: `UPDATE away.parcels SET weight = weight + 1 WHERE id < 20`,
    shows: ['ModifyTable', 'Foreign Scan', 'Operation: Update'],
  },
  {
    name: 'foreign update row by row',
    sql: `UPDATE away.parcels p SET weight = b.id FROM badges b WHERE b.id = p.id AND b.name LIKE 'B1%' AND length(b.name) > 2`,
    shows: ['ModifyTable', 'Foreign Scan'],
  },
  {
    name: 'foreign insert',
    sql: `INSERT INTO away.parcels SELECT n, 1 FROM generate_series(1000, 1040) n`,
    shows: ['ModifyTable', 'Operation: Insert'],
  },
  {
    name: 'foreign delete',
    sql: `DELETE FROM away.parcels WHERE id > 400 RETURNING id`,
    shows: ['ModifyTable', 'Operation: Delete'],
  },
  {
    name: 'foreign scan with an InitPlan',
    sql: `SELECT * FROM away.customers WHERE credit > (SELECT slow(980))`,
    shows: ['Foreign Scan', 'Parent Relationship: InitPlan'],
  },
];
