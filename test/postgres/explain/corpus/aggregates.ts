import type {CorpusCase} from './corpus-case.ts';

/** Sorts, groups, windows and sets. */
export const aggregates: readonly CorpusCase[] = [
  {
    name: 'quicksort',
    sql: `SELECT * FROM customers ORDER BY name`,
    shows: ['Sort', 'Sort Method: quicksort', 'Sort Space Type: Memory'],
  },
  {
    name: 'sort on disk',
    sql: `SELECT * FROM items ORDER BY filler, amount`,
    settings: {work_mem: '64kB'},
    shows: ['Sort', 'Sort Space Type: Disk', 'Temp Written Blocks > 0'],
  },
  {
    name: 'top-N sort',
    sql: `SELECT * FROM orders ORDER BY total LIMIT 10`,
    shows: ['Sort', 'Sort Method: top-N heapsort'],
  },
  {
    name: 'incremental sort',
    sql: `SELECT * FROM orders ORDER BY customer_id, total LIMIT 300`,
    settings: {enable_seqscan: 'off', enable_bitmapscan: 'off', random_page_cost: '0.01'},
    shows: ['Incremental Sort', 'Presorted Key', 'Full-sort Groups'],
  },
  {
    name: 'plain aggregate',
    sql: `SELECT count(*), sum(total) FILTER (WHERE status = 'paid') FROM orders`,
    shows: ['Aggregate', 'Strategy: Plain'],
  },
  {
    name: 'hashed aggregate',
    sql: `SELECT status, count(*) FROM orders GROUP BY status HAVING count(*) > 1000`,
    settings: {enable_sort: 'off'},
    shows: ['Aggregate', 'Strategy: Hashed', 'Rows Removed by Filter > 0'],
  },
  {
    name: 'hashed aggregate on disk',
    sql: `SELECT order_id, amount, count(*) FROM items GROUP BY order_id, amount`,
    settings: {work_mem: '64kB', hash_mem_multiplier: '1', enable_sort: 'off', enable_indexscan: 'off'},
    shows: ['Aggregate', 'HashAgg Batches > 1', 'Disk Usage > 0'],
  },
  {
    name: 'sorted aggregate',
    sql: `SELECT country, count(*) FROM customers GROUP BY country`,
    settings: {enable_hashagg: 'off'},
    shows: ['Aggregate', 'Strategy: Sorted'],
  },
  {
    name: 'group',
    sql: `SELECT country FROM customers GROUP BY country`,
    settings: {enable_hashagg: 'off'},
    shows: ['Group', 'Group Key'],
  },
  {
    name: 'grouping sets, hashed and sorted',
    sql: `SELECT status, customer_id % 7, count(*) FROM orders GROUP BY CUBE (status, customer_id % 7)`,
    settings: {enable_sort: 'on'},
    shows: ['Aggregate', 'Strategy: Mixed', 'Grouping Sets'],
  },
  {
    name: 'grouping sets, sorted',
    sql: `SELECT status, placed, count(*) FROM orders GROUP BY ROLLUP (status, placed)`,
    settings: {enable_hashagg: 'off'},
    shows: ['Aggregate', 'Strategy: Sorted', 'Grouping Sets'],
  },
  {
    name: 'ordered-set aggregate',
    sql: `SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY total), string_agg(status, ',' ORDER BY id) FROM orders`,
    shows: ['Aggregate'],
  },
  {
    name: 'windows',
    sql: `SELECT id, rank() OVER (PARTITION BY customer_id ORDER BY total), sum(total) OVER () FROM orders WHERE id < 3000`,
    shows: ['WindowAgg'],
  },
  {
    name: 'window that names and stores',
    sql: `SELECT id, sum(total) OVER w FROM orders WINDOW w AS (PARTITION BY status)`,
    settings: {work_mem: '64kB'},
    since: 18,
    shows: ['WindowAgg', 'Window', 'Storage: Disk'],
  },
  {
    name: 'window with a run condition',
    sql: `SELECT * FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM orders) s WHERE n <= 10`,
    since: 15,
    shows: ['WindowAgg', 'Run Condition'],
  },
  {
    name: 'unique',
    sql: `SELECT DISTINCT status, placed FROM orders`,
    settings: {enable_hashagg: 'off'},
    shows: ['Unique'],
  },
  {
    name: 'distinct on',
    sql: `SELECT DISTINCT ON (customer_id) * FROM orders ORDER BY customer_id, placed DESC`,
    shows: ['Unique'],
  },
  {
    name: 'intersect, hashed',
    sql: `SELECT id FROM badges INTERSECT SELECT badge_id FROM awards`,
    shows: ['SetOp', 'Strategy: Hashed', 'Command: Intersect'],
  },
  {
    name: 'except all, sorted',
    sql: `SELECT id FROM customers EXCEPT ALL SELECT customer_id FROM orders`,
    settings: {enable_hashagg: 'off'},
    shows: ['SetOp', 'Strategy: Sorted', 'Command: Except All'],
  },
  {
    name: 'union',
    sql: `SELECT id FROM badges UNION SELECT badge_id FROM awards UNION SELECT 5`,
    shows: ['Append', 'Aggregate'],
  },
  {
    name: 'union all over an order',
    sql: `(SELECT id FROM orders) UNION ALL (SELECT id FROM items) ORDER BY id LIMIT 100`,
    shows: ['Merge Append'],
  },
];
