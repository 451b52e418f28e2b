import type {CorpusCase} from './corpus-case.ts';

const forced = {
  parallel_setup_cost: '0',
  parallel_tuple_cost: '0',
  min_parallel_table_scan_size: '0',
  min_parallel_index_scan_size: '0',
  max_parallel_workers_per_gather: '2',
};
const alone = {...forced, parallel_leader_participation: 'off'};

/** Parts that several processes run. */
export const parallel: readonly CorpusCase[] = [
  {
    name: 'parallel seq scan',
    sql: `SELECT * FROM items WHERE amount = 3`,
    settings: {...forced, enable_bitmapscan: 'off', enable_indexscan: 'off'},
    shows: ['Gather', 'Seq Scan', 'Parallel Aware: true', 'Workers', 'Workers Launched > 0'],
  },
  {
    name: 'parallel seq scan without the leader',
    sql: `SELECT * FROM items WHERE amount = 3`,
    settings: {...alone, enable_bitmapscan: 'off', enable_indexscan: 'off'},
    shows: ['Gather', 'Parallel Aware: true'],
  },
  {
    name: 'workers planned, none launched',
    sql: `SELECT count(*) FROM items`,
    settings: {...forced, max_parallel_workers: '0', enable_indexonlyscan: 'off'},
    shows: ['Gather', 'Workers Planned: 2', 'Workers Launched: 0'],
  },
  {
    name: 'partial and final aggregate',
    sql: `SELECT amount, count(*) FROM items GROUP BY amount`,
    settings: {...forced, enable_indexonlyscan: 'off'},
    shows: ['Partial Mode: Partial', 'Partial Mode: Finalize'],
  },
  {
    name: 'gather merge over sorts',
    sql: `SELECT * FROM items ORDER BY filler, id`,
    settings: {...forced, work_mem: '256kB'},
    shows: ['Gather Merge', 'Sort', 'Sort Space Type: Disk'],
  },
  {
    name: 'gather merge without the leader',
    sql: `SELECT id FROM orders ORDER BY total, id`,
    settings: {...alone, enable_incremental_sort: 'off'},
    shows: ['Gather Merge', 'Sort'],
  },
  {
    name: 'parallel incremental sort',
    sql: `SELECT count(*) FROM (SELECT * FROM orders ORDER BY customer_id, total OFFSET 0) s`,
    settings: {
      ...forced,
      enable_seqscan: 'off',
      enable_bitmapscan: 'off',
      enable_sort: 'off',
      random_page_cost: '0.01',
    },
    shows: ['Gather Merge', 'Incremental Sort'],
  },
  {
    name: 'parallel index scan',
    sql: `SELECT count(total) FROM orders WHERE id < 9000`,
    settings: {...forced, enable_seqscan: 'off', enable_bitmapscan: 'off'},
    shows: ['Index Scan', 'Parallel Aware: true'],
  },
  {
    name: 'parallel index-only scan',
    sql: `SELECT count(*) FROM orders WHERE id < 9000`,
    settings: {...forced, enable_seqscan: 'off', enable_bitmapscan: 'off'},
    shows: ['Index Only Scan', 'Parallel Aware: true'],
  },
  {
    name: 'parallel bitmap scan',
    sql: `SELECT count(filler) FROM items WHERE amount BETWEEN 2 AND 4`,
    settings: {...forced, enable_seqscan: 'off', enable_indexscan: 'off'},
    shows: ['Bitmap Heap Scan', 'Bitmap Index Scan', 'Parallel Aware: true'],
  },
  {
    name: 'parallel bitmap scan over several indexes',
    sql: `SELECT count(total) FROM orders WHERE status = 'lost' OR placed < '2024-04-01'`,
    settings: {...forced, enable_seqscan: 'off', enable_indexscan: 'off'},
    shows: ['BitmapOr', 'Parallel Aware: true'],
  },
  {
    name: 'bitmap in a nested loop of every worker',
    sql: `SELECT count(i.filler) FROM orders o JOIN items i ON i.order_id = o.id WHERE o.total > 450`,
    settings: {
      ...forced,
      enable_hashjoin: 'off',
      enable_mergejoin: 'off',
      enable_indexscan: 'off',
      enable_memoize: 'off',
      enable_material: 'off',
    },
    shows: ['Gather', 'Nested Loop', 'Bitmap Index Scan'],
  },
  {
    name: 'parallel hash join',
    sql: `SELECT count(i.filler) FROM orders o JOIN items i ON i.order_id = o.id`,
    settings: {...forced, enable_mergejoin: 'off', enable_nestloop: 'off', enable_indexscan: 'off'},
    shows: ['Hash Join', 'Hash', 'Parallel Aware: true'],
  },
  {
    name: 'hash table in every worker',
    sql: `SELECT count(i.filler) FROM orders o JOIN items i ON i.order_id = o.id`,
    settings: {
      ...forced,
      enable_parallel_hash: 'off',
      enable_mergejoin: 'off',
      enable_nestloop: 'off',
      enable_indexscan: 'off',
    },
    shows: ['Hash Join', 'Hash', 'Gather'],
  },
  {
    name: 'merge join in every worker',
    sql: `SELECT count(*) FROM orders o JOIN items i ON i.order_id = o.id`,
    settings: {...forced, enable_hashjoin: 'off', enable_nestloop: 'off'},
    shows: ['Merge Join', 'Gather'],
  },
  {
    name: 'memoize in every worker',
    sql: `SELECT count(c.name) FROM orders o LEFT JOIN customers c ON c.id = o.customer_id`,
    settings: {...forced, enable_hashjoin: 'off', enable_mergejoin: 'off', enable_seqscan: 'on'},
    shows: ['Memoize', 'Gather'],
  },
  {
    name: 'parallel append',
    sql: `SELECT count(*) FROM readings WHERE value % 2 = 0`,
    settings: {...forced, enable_indexscan: 'off', enable_indexonlyscan: 'off', enable_bitmapscan: 'off'},
    shows: ['Append', 'Parallel Aware: true', 'Gather'],
  },
  {
    name: 'parallel append of whole scans',
    sql: `SELECT id FROM badges WHERE slow(id, 0) > 3 UNION ALL SELECT id FROM people WHERE slow(id, 0) > 3`,
    settings: {...forced, min_parallel_table_scan_size: '8MB'},
    shows: ['Append', 'Parallel Aware: true', 'Gather'],
  },
  {
    name: 'Gather that starts again and again',
    sql: `SELECT count(o.id) FROM badges b LEFT JOIN (SELECT * FROM orders WHERE total > 480 OFFSET 0) o
      ON o.id % 100 = b.id WHERE b.id < 5`,
    settings: {
      ...forced,
      enable_hashjoin: 'off',
      enable_mergejoin: 'off',
      enable_material: 'off',
    },
    shows: ['Nested Loop', 'Gather: Actual Loops > 1'],
  },
  {
    name: 'Gather under a LIMIT',
    sql: `SELECT * FROM items WHERE amount = 3 LIMIT 20`,
    settings: {...forced, enable_indexscan: 'off', enable_bitmapscan: 'off'},
    shows: ['Limit', 'Gather'],
  },
  {
    name: 'Gather that is never executed',
    sql: `SELECT * FROM (SELECT id FROM people WHERE id < 0) p, LATERAL (SELECT count(*) FROM items i WHERE i.amount > 1 OFFSET 0) s`,
    settings: {...forced, enable_indexonlyscan: 'off'},
    shows: ['Gather', 'Actual Loops: 0'],
  },
  {
    name: 'InitPlan before a Gather',
    sql: `SELECT count(*) FROM items WHERE amount > (SELECT slow(3))`,
    settings: {...forced, enable_indexscan: 'off', enable_indexonlyscan: 'off', enable_bitmapscan: 'off'},
    shows: ['Gather', 'Parent Relationship: InitPlan'],
  },
  {
    name: 'parallel InitPlan before a Gather',
    sql: `SELECT * FROM orders WHERE total > (SELECT avg(total) FROM orders) ORDER BY total`,
    settings: forced,
    shows: ['Gather Merge', 'Gather', 'Parent Relationship: InitPlan'],
  },
  {
    name: 'InitPlan with a Gather that EXISTS ends early',
    sql: `SELECT name FROM badges WHERE EXISTS (SELECT FROM items WHERE filler LIKE 'x%')`,
    settings: {...forced, enable_indexscan: 'off', enable_bitmapscan: 'off'},
    shows: ['Parent Relationship: InitPlan'],
  },
  {
    name: 'CTE with a Gather',
    sql: `WITH c AS MATERIALIZED (SELECT order_id, sum(amount) AS n FROM items GROUP BY 1) SELECT count(*) FROM c a JOIN c b ON a.n = b.order_id`,
    settings: {...forced, enable_indexscan: 'off'},
    shows: ['CTE Scan', 'Parallel Aware: true'],
  },
  {
    name: 'SubPlans in workers',
    sql: `SELECT count(*) FROM customers WHERE credit >= ALL (SELECT id % 3 FROM badges)`,
    settings: forced,
    shows: ['Gather', 'Parent Relationship: SubPlan'],
  },
  {
    name: 'hashed SubPlan in workers',
    sql: `SELECT count(*) FROM items WHERE order_id NOT IN (SELECT id FROM orders WHERE status = 'lost')`,
    settings: {...forced, enable_indexscan: 'off', enable_indexonlyscan: 'off'},
    shows: ['Gather', 'Parent Relationship: SubPlan'],
  },
  {
    name: 'leader that is slower than its workers',
    sql: `SELECT slow(id, 1) FROM (SELECT id FROM orders WHERE total > 498 OFFSET 0) s`,
    settings: {...forced, enable_indexscan: 'off'},
    shows: ['Gather'],
  },
  {
    name: 'workers that go on while the leader is busy',
    sql: `SELECT slow(id, 1) FROM (SELECT id FROM customers WHERE id % 25 = 0 AND slow(id, 1) > 0 OFFSET 0) s`,
    settings: alone,
    shows: ['Gather', 'Subquery Scan'],
  },
  {
    name: 'InitPlan inside of workers',
    sql: `SELECT count(*) FROM items i JOIN (SELECT id FROM orders WHERE total > (SELECT slow(450)) OFFSET 0) o ON o.id = i.order_id`,
    settings: forced,
    shows: ['Parent Relationship: InitPlan'],
  },
];
