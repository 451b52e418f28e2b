import {describe, expect, it} from 'vitest';
import {sourceRange, type NodeSource} from '../../../src/core/explain/source-range.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

const parser = createParser();
const sql = `WITH recent AS MATERIALIZED (SELECT * FROM orders o WHERE o.at > now())
SELECT c.name, count(*), rank() OVER (ORDER BY c.name)
FROM recent r
JOIN app.customers AS c ON c.id = r.customer_id
JOIN "Odd é" x ON x.id = c.odd AND x.kind = 'a)b',
  unnest(ARRAY[1, 2]) WITH ORDINALITY u(n), orders
WHERE EXISTS (SELECT 1 FROM items i WHERE i.order_id = r.id)
GROUP BY c.name, lower(c.name)
ORDER BY 2 DESC LIMIT 3`;

async function rangeIn(text: string, node: Partial<NodeSource> & {readonly type: string}) {
  const parsed = await parser.parse(text);
  const [statement] = parsed.ok ? parsed.value : [];
  if (!statement) throw new Error('it does not parse');
  const nothing = {relation: null, alias: null, cteName: null, functionName: null, subplanName: null};
  const range = sourceRange(statement, text, {...nothing, aliasesBelow: [], ...node});
  return range && text.slice(range.start, range.end);
}

describe('where a node comes from', () => {
  it.each<[Partial<NodeSource> & {readonly type: string}, string]>([
    [{type: 'Seq Scan', alias: 'o', aliasesBelow: ['o']}, 'orders o'],
    [{type: 'Index Scan', alias: 'c', aliasesBelow: ['c']}, 'app.customers AS c'],
    [{type: 'Seq Scan', alias: 'x', aliasesBelow: ['x']}, '"Odd é" x'],
    [{type: 'CTE Scan', alias: 'r', cteName: 'recent', aliasesBelow: ['r']}, 'recent r'],
    [{type: 'Seq Scan', alias: 'orders', aliasesBelow: ['orders']}, 'orders'],
    [{type: 'Function Scan', alias: 'u', aliasesBelow: ['u']}, 'unnest(ARRAY[1, 2])'],
    [{type: 'Index Only Scan', alias: 'i', aliasesBelow: ['i']}, 'items i'],
    [{type: 'Hash', aliasesBelow: ['c']}, 'app.customers AS c'],
    [{type: 'Hash Join', aliasesBelow: ['r', 'c'], sides: [['r'], ['c']]}, 'c.id = r.customer_id'],
    [{type: 'Nested Loop', aliasesBelow: ['r', 'c', 'x'], sides: [['r', 'c'], ['x']]}, 'x.id = c.odd'],
    [{type: 'Hash Join', aliasesBelow: ['i', 'r'], sides: [['r'], ['i']]}, 'i.order_id = r.id'],
    [{type: 'Sort', aliasesBelow: ['r', 'c', 'x']}, '2'],
    [{type: 'Aggregate', aliasesBelow: ['r', 'c', 'x']}, 'c.name, lower(c.name)'],
    [{type: 'WindowAgg', aliasesBelow: ['r', 'c']}, 'rank() OVER (ORDER BY c.name)'],
    [{type: 'Limit', aliasesBelow: ['r', 'c']}, '3'],
    [
      {type: 'Gather', subplanName: 'CTE recent', aliasesBelow: ['o', 'unknown']},
      'recent AS MATERIALIZED (SELECT * FROM orders o WHERE o.at > now())',
    ],
  ])('%j', async (node, expected) => {
    expect(await rangeIn(sql, node)).toBe(expected);
  });

  it.each<[string, Partial<NodeSource> & {readonly type: string}, string | undefined]>([
    ['SELECT * FROM t WHERE id IN (SELECT id FROM t)', {type: 'Seq Scan', alias: 't_1'}, 't'],
    ['UPDATE shop.t AS a SET x = 1', {type: 'ModifyTable', relation: 't', alias: 'a'}, 'shop.t AS a'],
    ['DELETE FROM t USING u WHERE t.id = u.id', {type: 'Hash Join', aliasesBelow: ['t', 'u']}, 't.id = u.id'],
    ['SELECT * FROM a JOIN b USING (id)', {type: 'Merge Join', aliasesBelow: ['a', 'b']}, 'a JOIN b'],
    ['VALUES (1), (2)', {type: 'Values Scan', alias: '*VALUES*', aliasesBelow: ['*VALUES*']}, '1), (2'],
    ['SELECT * FROM seen', {type: 'Seq Scan', alias: 'hidden', aliasesBelow: ['hidden']}, undefined],
    ['SELECT * FROM t /* a /* b */ c */ AS x', {type: 'Seq Scan', alias: 'x'}, 't /* a /* b */ c */ AS x'],
    ['SELECT count(*) FROM t', {type: 'Aggregate', aliasesBelow: ['t']}, 'count(*)'],
    ['SELECT DISTINCT a, b FROM t', {type: 'Unique', aliasesBelow: ['t']}, 'a, b'],
  ])('in %s: %j', async (text, node, expected) => {
    expect(await rangeIn(text, node)).toBe(expected);
  });
});
