import type {CorpusCase} from './corpus-case.ts';

const hash = {enable_mergejoin: 'off', enable_nestloop: 'off'};
const merge = {enable_hashjoin: 'off', enable_nestloop: 'off'};
const loop = {enable_hashjoin: 'off', enable_mergejoin: 'off'};

/** Joins of every kind by every method. */
export const joins: readonly CorpusCase[] = [
  {
    name: 'nested loop',
    sql: `SELECT c.name, o.total FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id < 20`,
    settings: {...loop, enable_memoize: 'off'},
    shows: ['Nested Loop', 'Join Type: Inner'],
  },
  {
    name: 'nested loop with a join filter over a materialised side',
    sql: `SELECT count(*) FROM badges a JOIN badges b ON a.id + b.id < 50`,
    settings: loop,
    shows: ['Nested Loop', 'Materialize', 'Rows Removed by Join Filter > 0'],
  },
  {
    name: 'nested loop left join',
    sql: `SELECT p.name, b.name FROM people p LEFT JOIN people b ON b.id = p.boss`,
    settings: {...loop, enable_memoize: 'off'},
    shows: ['Nested Loop', 'Join Type: Left'],
  },
  {
    name: 'memoize',
    sql: `SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id < 6000`,
    settings: {...loop, enable_seqscan: 'off'},
    shows: ['Memoize', 'Cache Hits > 0', 'Cache Misses > 0'],
  },
  {
    name: 'memoize that forgets',
    sql: `SELECT o.id, c.name FROM orders o LEFT JOIN customers c ON c.id = o.customer_id`,
    settings: {...loop, enable_seqscan: 'off', work_mem: '64kB', hash_mem_multiplier: '1'},
    shows: ['Memoize', 'Cache Evictions > 0'],
  },
  {
    name: 'hash join',
    sql: `SELECT c.name, o.total FROM customers c JOIN orders o ON o.customer_id = c.id`,
    settings: hash,
    shows: ['Hash Join', 'Hash', 'Hash Batches: 1'],
  },
  {
    name: 'hash join in batches',
    sql: `SELECT o.id, i.filler FROM orders o JOIN items i ON i.order_id = o.id`,
    settings: {...hash, work_mem: '64kB', hash_mem_multiplier: '1'},
    shows: ['Hash Join', 'Hash Batches > 1', 'Temp Written Blocks > 0'],
  },
  {
    name: 'hash left join',
    sql: `SELECT c.name, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'lost'`,
    settings: hash,
    shows: ['Hash Join', 'Join Type: Right'],
  },
  {
    name: 'hash full join',
    sql: `SELECT count(*) FROM badges b FULL JOIN people p ON p.id = b.id`,
    settings: hash,
    shows: ['Hash Join', 'Join Type: Full'],
  },
  {
    name: 'hash semi join',
    sql: `SELECT * FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE credit > 900)`,
    settings: hash,
    shows: ['Hash Join'],
  },
  {
    name: 'hash semi join without unique keys',
    sql: `SELECT * FROM customers c WHERE EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id AND o.total > 490)`,
    settings: {...hash, enable_hashagg: 'off', enable_sort: 'off'},
    until: 17,
    shows: ['Hash Join', 'Join Type: Semi'],
  },
  {
    name: 'hash right semi join',
    sql: `SELECT * FROM badges b WHERE EXISTS (SELECT FROM awards a WHERE a.badge_id = b.id)`,
    settings: {...hash, enable_hashagg: 'off', enable_sort: 'off'},
    since: 18,
    shows: ['Hash Join', 'Join Type: Right Semi'],
  },
  {
    name: 'hash anti join',
    sql: `SELECT * FROM orders o WHERE NOT EXISTS (SELECT FROM customers c WHERE c.id = o.customer_id AND c.credit > 100)`,
    settings: hash,
    shows: ['Hash Join', 'Join Type: Anti'],
  },
  {
    name: 'hash right anti join',
    sql: `SELECT * FROM badges b WHERE NOT EXISTS (SELECT FROM items i WHERE i.order_id = b.id)`,
    settings: {...hash, work_mem: '64kB', hash_mem_multiplier: '1'},
    since: 16,
    shows: ['Hash Join', 'Join Type: Right Anti'],
  },
  {
    name: 'merge join',
    sql: `SELECT count(*) FROM orders o JOIN items i ON i.order_id = o.id`,
    settings: merge,
    shows: ['Merge Join', 'Join Type: Inner'],
  },
  {
    name: 'merge join over sorts with a materialised side',
    sql: `SELECT count(*) FROM awards a JOIN awards b ON a.badge_id = b.badge_id`,
    settings: {...merge, work_mem: '64kB'},
    shows: ['Merge Join', 'Sort'],
  },
  {
    name: 'merge left join',
    sql: `SELECT count(b.name) FROM people p LEFT JOIN badges b ON b.id = p.boss`,
    settings: merge,
    shows: ['Merge Join', 'Join Type: Left'],
  },
  {
    name: 'merge full join',
    sql: `SELECT count(*) FROM badges b FULL JOIN people p ON p.id = b.id`,
    settings: merge,
    shows: ['Merge Join', 'Join Type: Full'],
  },
  {
    name: 'merge anti join',
    sql: `SELECT * FROM people p WHERE NOT EXISTS (SELECT FROM people q WHERE q.boss = p.id)`,
    settings: merge,
    shows: ['Merge Join', 'Join Type: Anti'],
  },
  {
    name: 'nested loop semi join',
    sql: `SELECT * FROM customers c WHERE EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id AND o.status = 'lost')`,
    settings: {...loop, enable_hashagg: 'off', enable_sort: 'off', enable_memoize: 'off'},
    shows: ['Nested Loop', 'Join Type: Semi'],
  },
  {
    name: 'join of which one side is never executed',
    sql: `SELECT * FROM (SELECT * FROM people WHERE id < 0) p JOIN orders o ON o.customer_id = p.boss`,
    settings: loop,
    shows: ['Nested Loop', 'Actual Loops: 0'],
  },
];
