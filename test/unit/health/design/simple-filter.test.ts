import {expect, it} from 'vitest';
import {simpleFilter} from '../../../../src/core/health/design/simple-filter.ts';

it.each([
  ['SELECT * FROM orders WHERE customer_id = $1', ['customer_id'], [], true],
  [
    'select o.id from shop.orders as o where o.customer_id = $1 and o.at >= $2;',
    ['customer_id'],
    ['at'],
    true,
  ],
  ['SELECT * FROM ONLY orders WHERE "Status" = $1 ORDER BY id', ['Status'], [], true],
  ['SELECT * FROM orders WHERE a = $1::int AND b BETWEEN $2 AND $3 AND a < $4', ['a'], ['b'], true],
  ['SELECT * FROM orders WHERE a IN ($1, $2) AND b = ANY ($3::int[])', ['a', 'b'], [], true],
  ["SELECT * FROM orders /* where */ WHERE a = -1 AND b = 'x' AND c = true -- or", ['a', 'b', 'c'], [], true],
  ['SELECT * FROM orders WHERE a = $1 FOR UPDATE', ['a'], [], true],
  ['SELECT * FROM orders WHERE a = $1 LIMIT $2', ['a'], [], false],
  ['SELECT count(*) FROM orders WHERE a = $1', ['a'], [], false],
  ['SELECT DISTINCT b FROM orders WHERE a = $1', ['a'], [], false],
  ['SELECT a FROM orders WHERE a = $1 GROUP BY a', ['a'], [], false],
  ['UPDATE orders SET b = $1, c = lower($2) WHERE a = $3', ['a'], [], true],
  ['UPDATE orders o SET b = o.b + $1 WHERE o.a = $2 RETURNING b', ['a'], [], true],
  ['DELETE FROM orders WHERE a <= $1', [], ['a'], true],
] as const)('%s', (query, equal, ranges, returnsAll) => {
  expect(simpleFilter(query, 'orders')).toEqual({equal, ranges, returnsAll});
});

it.each([
  'SELECT * FROM orders',
  'SELECT * FROM customers WHERE a = $1',
  "SELECT * FROM customers WHERE a = 'orders'",
  'SELECT * FROM orders, customers WHERE a = $1',
  'SELECT * FROM orders JOIN customers ON orders.c = customers.id WHERE a = $1',
  'SELECT * FROM orders o WHERE a = $1 OR b = $2',
  'SELECT * FROM orders WHERE NOT a = $1',
  'SELECT * FROM orders WHERE (a = $1)',
  'SELECT * FROM orders WHERE lower(a) = $1',
  'SELECT * FROM orders WHERE a = lower($1)',
  'SELECT * FROM orders WHERE a = b',
  'SELECT * FROM orders WHERE a + 1 = $1',
  'SELECT * FROM orders WHERE a::text = $1',
  'SELECT * FROM orders WHERE a <> $1',
  'SELECT * FROM orders WHERE a LIKE $1',
  'SELECT * FROM orders WHERE a IS NULL',
  'SELECT * FROM orders WHERE a = $1 COLLATE "C"',
  'SELECT * FROM orders o WHERE x.a = $1',
  'SELECT * FROM orders WHERE a = $1 + $2',
  'SELECT * FROM orders WHERE a IN (SELECT id FROM customers)',
  'SELECT * FROM orders WHERE a = $1 UNION ALL SELECT * FROM orders WHERE a = $2',
  'SELECT * FROM (SELECT * FROM orders) AS x WHERE a = $1',
  'SELECT * FROM orders TABLESAMPLE SYSTEM ($1) WHERE a = $2',
  'WITH x AS (SELECT 1) SELECT * FROM orders WHERE a = $1',
  'INSERT INTO orders SELECT * FROM orders WHERE a = $1',
  'UPDATE orders SET a = $1 FROM customers WHERE b = $2',
  'DELETE FROM orders USING customers WHERE b = $2',
  'SELECT * FROM orders WHERE a = $1 AND',
  'SELECT * FROM orders WHERE a =',
  'SELECT * FROM orders WHERE',
  '',
])('does not understand %s', query => {
  expect(simpleFilter(query, 'orders')).toBeUndefined();
});
