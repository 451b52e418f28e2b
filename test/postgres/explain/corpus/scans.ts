import type {CorpusCase} from './corpus-case.ts';

/** Ways to read a table, a function or values. */
export const scans: readonly CorpusCase[] = [
  {
    name: 'seq scan that discards rows',
    sql: `SELECT * FROM orders WHERE total > 400`,
    shows: ['Seq Scan', 'Rows Removed by Filter > 0'],
  },
  {name: 'index scan', sql: `SELECT * FROM orders WHERE id = 77`, shows: ['Index Scan', 'Index Cond']},
  {
    name: 'index scan backward',
    sql: `SELECT * FROM orders ORDER BY id DESC LIMIT 5`,
    shows: ['Index Scan', 'Scan Direction: Backward', 'Limit'],
  },
  {
    name: 'index scan with a filter',
    sql: `SELECT * FROM orders WHERE customer_id BETWEEN 5 AND 40 AND total > 480`,
    settings: {enable_bitmapscan: 'off', enable_seqscan: 'off'},
    shows: ['Index Scan', 'Rows Removed by Filter > 0'],
  },
  {
    name: 'index searches',
    sql: `SELECT * FROM orders WHERE id IN (1, 500, 9000)`,
    settings: {enable_bitmapscan: 'off', enable_seqscan: 'off'},
    since: 18,
    shows: ['Index Scan', 'Index Searches > 1'],
  },
  {
    name: 'index-only scan',
    sql: `SELECT id FROM orders WHERE id < 500`,
    settings: {enable_bitmapscan: 'off'},
    shows: ['Index Only Scan', 'Heap Fetches'],
  },
  {
    name: 'index-only scan with heap fetches',
    before: `UPDATE badges SET name = name`,
    sql: `SELECT id FROM badges WHERE id < 50`,
    settings: {enable_bitmapscan: 'off', enable_seqscan: 'off'},
    shows: ['Index Only Scan', 'Heap Fetches > 0'],
  },
  {
    name: 'bitmap scan',
    sql: `SELECT * FROM orders WHERE status = 'lost'`,
    settings: {enable_seqscan: 'off', enable_indexscan: 'off'},
    shows: ['Bitmap Heap Scan', 'Bitmap Index Scan', 'Exact Heap Blocks > 0'],
  },
  {
    name: 'bitmap and',
    sql: `SELECT * FROM items WHERE amount = 3 AND order_id < 1200`,
    settings: {enable_seqscan: 'off', enable_indexscan: 'off', seq_page_cost: '50', random_page_cost: '50'},
    shows: ['BitmapAnd', 'Bitmap Index Scan'],
  },
  {
    name: 'bitmap or',
    sql: `SELECT * FROM orders WHERE customer_id = 5 OR placed = '2024-03-01'`,
    settings: {enable_seqscan: 'off'},
    shows: ['BitmapOr', 'Bitmap Index Scan'],
  },
  {
    name: 'lossy bitmap',
    sql: `SELECT count(*) FROM items WHERE amount BETWEEN 2 AND 6`,
    settings: {enable_seqscan: 'off', enable_indexscan: 'off', enable_indexonlyscan: 'off', work_mem: '64kB'},
    shows: ['Lossy Heap Blocks > 0', 'Rows Removed by Index Recheck > 0'],
  },
  {name: 'tid scan', sql: `SELECT * FROM orders WHERE ctid = '(1,3)'`, shows: ['Tid Scan', 'TID Cond']},
  {
    name: 'tid range scan',
    sql: `SELECT * FROM orders WHERE ctid > '(40,0)' AND ctid < '(60,0)'`,
    shows: ['Tid Range Scan'],
  },
  {
    name: 'sample scan',
    sql: `SELECT * FROM orders TABLESAMPLE system (20) REPEATABLE (1)`,
    shows: ['Sample Scan', 'Sampling Method: system'],
  },
  {
    name: 'function scan',
    sql: `SELECT * FROM generate_series(1, 200) AS g(n) WHERE n % 3 = 0`,
    shows: ['Function Scan', 'Function Name: generate_series'],
  },
  {
    name: 'function scan that spills',
    sql: `SELECT count(*) FROM generate_series(1, 20000) AS g(n)`,
    settings: {work_mem: '64kB'},
    shows: ['Function Scan', 'Temp Written Blocks > 0'],
  },
  {
    name: 'several functions with ordinality',
    sql: `SELECT * FROM ROWS FROM (generate_series(1, 5), generate_series(1, 9)) WITH ORDINALITY AS f(a, b, n)`,
    shows: ['Function Scan'],
  },
  {
    name: 'lateral function',
    sql: `SELECT d.id, tag FROM documents d, jsonb_array_elements(d.body -> 'tags') AS tag`,
    shows: ['Nested Loop', 'Function Scan'],
  },
  {
    name: 'json table',
    sql: `SELECT d.id, t.tag FROM documents d, JSON_TABLE(d.body, '$.tags[*]' COLUMNS (tag int PATH '$')) AS t`,
    since: 17,
    shows: ['Table Function Scan', 'Table Function Name: json_table'],
  },
  {
    name: 'values scan',
    sql: `SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (3, 'c')) AS v(id, name) WHERE id > 1`,
    shows: ['Values Scan'],
  },
  {name: 'result without a table', sql: `SELECT 1 + 1 AS two`, shows: ['Result']},
  {
    name: 'one-time filter that is never true',
    sql: `SELECT * FROM orders WHERE false`,
    shows: ['Result', 'One-Time Filter: false'],
  },
  {
    name: 'one-time filter that decides at run time',
    sql: `SELECT * FROM orders WHERE current_setting('work_mem') = 'none'`,
    shows: ['Result', 'One-Time Filter', 'Actual Loops: 0'],
  },
  {
    name: 'project set',
    sql: `SELECT generate_series(1, credit::int % 5), name FROM customers`,
    shows: ['ProjectSet'],
  },
  {
    name: 'subquery scan',
    sql: `SELECT * FROM (SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id OFFSET 0) AS s WHERE n > 13`,
    shows: ['Subquery Scan', 'Rows Removed by Filter > 0'],
  },
  {
    name: 'transition table',
    sql: `INSERT INTO counted SELECT generate_series(1, 20)`,
    inTrigger: true,
    shows: ['Named Tuplestore Scan'],
  },
  {
    name: 'temporary table',
    before: `CREATE TEMP TABLE scratch AS SELECT n FROM generate_series(1, 5000) n; ANALYZE scratch`,
    sql: `SELECT sum(n) FROM scratch WHERE n % 2 = 0`,
    shows: ['Local Hit Blocks > 0'],
  },
  {
    name: 'locked rows',
    sql: `SELECT * FROM customers WHERE country = 'AT' FOR UPDATE`,
    shows: ['LockRows'],
  },
  {
    name: 'limit with an offset',
    sql: `SELECT * FROM orders ORDER BY id OFFSET 3000 LIMIT 10`,
    shows: ['Limit'],
  },
  {
    name: 'disabled node',
    sql: `SELECT * FROM people`,
    settings: {enable_seqscan: 'off', enable_indexscan: 'off', enable_bitmapscan: 'off'},
    since: 18,
    shows: ['Seq Scan', 'Disabled: true'],
  },
  {
    name: 'view over an expression',
    sql: `SELECT upper(name) FROM badge_names WHERE name LIKE 'B1%'`,
    shows: ['Seq Scan'],
  },
];
