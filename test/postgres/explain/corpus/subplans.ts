import type {CorpusCase} from './corpus-case.ts';

const loop = {enable_hashjoin: 'off', enable_mergejoin: 'off'};

/** CTEs, InitPlans and SubPlans: what hangs at one node and runs in another. */
export const subplans: readonly CorpusCase[] = [
  {
    name: 'CTE read once',
    sql: `WITH big AS MATERIALIZED (SELECT * FROM orders WHERE total > 300) SELECT count(*) FROM big WHERE status = 'paid'`,
    shows: ['CTE Scan', 'Subplan Name: CTE big'],
  },
  {
    name: 'CTE read twice',
    sql: `WITH big AS (SELECT customer_id, sum(total) AS s FROM orders GROUP BY 1)
      SELECT a.customer_id FROM big a JOIN big b ON a.s < b.s AND a.customer_id = b.customer_id + 1`,
    shows: ['CTE Scan', 'Subplan Name: CTE big'],
  },
  {
    name: 'CTE read halfway by one and to the end by another',
    sql: `WITH c AS MATERIALIZED (SELECT id, slow(id, 1) FROM badges WHERE id <= 30)
      (SELECT id FROM c LIMIT 10) UNION ALL (SELECT id FROM c)`,
    shows: ['CTE Scan', 'Append'],
  },
  {
    name: 'CTE that spills',
    sql: `WITH c AS MATERIALIZED (SELECT * FROM orders) SELECT count(*) FROM c a JOIN c b USING (id)`,
    settings: {work_mem: '64kB'},
    shows: ['CTE Scan', 'Temp Written Blocks > 0'],
  },
  {
    name: 'CTE in a CTE of the same name',
    sql: `WITH a AS MATERIALIZED (SELECT id FROM badges), b AS MATERIALIZED (
        WITH a AS MATERIALIZED (SELECT id FROM a WHERE id > 50) SELECT id FROM a OFFSET 1
      ) SELECT count(*) FROM a JOIN b USING (id)`,
    shows: ['CTE Scan', 'Subplan Name: CTE a', 'Subplan Name: CTE b'],
  },
  {
    name: 'CTE read many times by an inner side',
    sql: `WITH c AS MATERIALIZED (SELECT id, name FROM badges) SELECT count(*) FROM people p JOIN c ON c.id % 10 = p.id % 10`,
    settings: {...loop, enable_material: 'off'},
    shows: ['CTE Scan', 'Nested Loop'],
  },
  {
    name: 'CTE under a LIMIT',
    sql: `WITH c AS MATERIALIZED (SELECT id FROM orders WHERE total > 100) SELECT * FROM c LIMIT 3`,
    shows: ['CTE Scan', 'Limit'],
  },
  {
    name: 'recursive CTE',
    sql: `WITH RECURSIVE t AS (
        SELECT id, 0 AS depth FROM people WHERE boss IS NULL
        UNION ALL SELECT p.id, t.depth + 1 FROM people p JOIN t ON p.boss = t.id
      ) SELECT depth, count(*) FROM t GROUP BY depth`,
    shows: ['Recursive Union', 'WorkTable Scan', 'CTE Scan'],
  },
  {
    name: 'recursive CTE without repeats, used twice',
    sql: `WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT n % 200 + 1 FROM t) SELECT count(*) FROM t a, t b WHERE a.n = b.n`,
    shows: ['Recursive Union', 'WorkTable Scan'],
  },
  {
    name: 'CTE that is never asked',
    sql: `WITH c AS MATERIALIZED (SELECT id FROM orders) SELECT * FROM badges b WHERE b.id < 0 AND b.id IN (SELECT id FROM c)`,
    settings: {...loop, enable_hashagg: 'off', enable_sort: 'off'},
    shows: ['Actual Loops: 0'],
  },
  {
    name: 'InitPlan in a filter',
    sql: `SELECT * FROM orders WHERE total > (SELECT avg(total) FROM orders)`,
    shows: ['Parent Relationship: InitPlan', 'Seq Scan'],
  },
  {
    name: 'InitPlan in an index condition',
    sql: `SELECT * FROM orders WHERE id = (SELECT slow(min(order_id)) FROM items)`,
    shows: ['Parent Relationship: InitPlan', 'Index Scan'],
  },
  {
    name: 'InitPlan in a scan below a sort and a limit',
    sql: `SELECT id, total FROM orders WHERE total > (SELECT slow(450)) ORDER BY total LIMIT 5`,
    shows: ['Parent Relationship: InitPlan', 'Sort', 'Limit'],
  },
  {
    name: 'InitPlan in the output of a scan below a sort',
    sql: `SELECT id, total * (SELECT slow(2)) AS double FROM orders WHERE id < 200 ORDER BY double`,
    shows: ['Parent Relationship: InitPlan', 'Sort'],
  },
  {
    name: 'InitPlan in the output of the top node',
    sql: `SELECT (SELECT slow(7)), count(*) FROM orders`,
    shows: ['Parent Relationship: InitPlan', 'Aggregate'],
  },
  {
    name: 'InitPlan in a limit',
    sql: `SELECT id FROM orders ORDER BY id LIMIT (SELECT slow(9)) OFFSET (SELECT slow(2))`,
    shows: ['Parent Relationship: InitPlan', 'Limit'],
  },
  {
    name: 'InitPlan in a one-time filter',
    sql: `SELECT * FROM orders WHERE (SELECT slow(1)) = 1 AND id < 50`,
    shows: ['Parent Relationship: InitPlan', 'One-Time Filter'],
  },
  {
    name: 'InitPlan that asks another',
    sql: `SELECT * FROM orders WHERE total > (SELECT max(credit) FROM customers WHERE credit < (SELECT slow(200))) ORDER BY id`,
    shows: ['Parent Relationship: InitPlan'],
  },
  {
    name: 'three InitPlans in different nodes',
    sql: `SELECT o.id, (SELECT slow(1)) FROM orders o JOIN customers c ON c.id = o.customer_id
      WHERE o.total > (SELECT slow(495)) AND c.credit > (SELECT slow(500)) ORDER BY 1 LIMIT 10`,
    shows: ['Parent Relationship: InitPlan'],
  },
  {
    name: 'InitPlan of several columns',
    sql: `SELECT * FROM orders WHERE (customer_id, total) = (SELECT customer_id, total FROM orders WHERE id = 60)`,
    shows: ['Parent Relationship: InitPlan'],
  },
  {
    name: 'minimum and maximum by an index',
    sql: `SELECT min(id), max(id) FROM orders`,
    shows: ['Parent Relationship: InitPlan', 'Index Only Scan', 'Limit'],
  },
  {
    name: 'InitPlan that EXISTS ends early',
    sql: `SELECT name FROM badges WHERE EXISTS (SELECT FROM orders WHERE total > 20)`,
    shows: ['Parent Relationship: InitPlan'],
  },
  {
    name: 'InitPlan in HAVING and in a window',
    sql: `SELECT status, sum(count(*)) OVER () FROM orders GROUP BY status HAVING count(*) > (SELECT slow(300))`,
    shows: ['Parent Relationship: InitPlan', 'WindowAgg'],
  },
  {
    name: 'InitPlan over a CTE',
    sql: `WITH c AS MATERIALIZED (SELECT total FROM orders) SELECT (SELECT max(total) FROM c), (SELECT min(total) FROM c) FROM badges`,
    shows: ['Parent Relationship: InitPlan', 'CTE Scan'],
  },
  {
    name: 'InitPlan in a subquery for each row',
    sql: `SELECT p.name, (SELECT b.name FROM badges b WHERE b.id = (SELECT max(badge_id) FROM awards WHERE person_id = p.id)) FROM people p WHERE p.id < 30`,
    shows: ['Parent Relationship: SubPlan'],
  },
  {
    name: 'correlated SubPlan',
    sql: `SELECT c.name, (SELECT max(o.total) FROM orders o WHERE o.customer_id = c.id) FROM customers c WHERE c.id < 60`,
    shows: ['Parent Relationship: SubPlan'],
  },
  {
    name: 'SubPlan in a filter',
    sql: `SELECT * FROM people p WHERE (SELECT count(*) FROM people q WHERE q.boss = p.id) > 2`,
    shows: ['Parent Relationship: SubPlan'],
  },
  {
    name: 'hashed SubPlan',
    sql: `SELECT * FROM customers WHERE id NOT IN (SELECT customer_id FROM orders WHERE status = 'lost')`,
    shows: ['Parent Relationship: SubPlan'],
  },
  {
    name: 'SubPlan in either of two ways',
    sql: `SELECT id, EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id) FROM customers c`,
    shows: ['Parent Relationship: SubPlan'],
  },
  {
    name: 'array and row SubPlans',
    sql: `SELECT ARRAY(SELECT id FROM badges b WHERE b.id < p.id), p.id = ANY (SELECT badge_id FROM awards WHERE person_id > p.id)
      FROM people p WHERE p.id < 15`,
    shows: ['Parent Relationship: SubPlan'],
  },
];
