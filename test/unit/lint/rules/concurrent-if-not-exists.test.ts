import {expect, it} from 'vitest';
import {createModel} from '../../../../src/core/lint/model/model.ts';
import type {Relation} from '../../../../src/core/lint/model/schema.ts';
import {rule} from '../../../../src/core/lint/rules/concurrent-if-not-exists.ts';
import type {Target} from '../../../../src/core/lint/target.ts';
import {afterSql, lintText} from '../engine/rig.ts';

it.each([
  ['CREATE INDEX IF NOT EXISTS i ON orders (id)', false, ['Keeps the index i, which is INVALID on staging']],
  [
    'CREATE INDEX IF NOT EXISTS i ON public.orders (id)',
    false,
    ['Keeps the index i, which is INVALID on staging'],
  ],
  [
    'CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (id)',
    false,
    ['Keeps the index i, which is INVALID on staging'],
  ],
  ['CREATE INDEX IF NOT EXISTS i ON orders (id)', true, []],
  ['CREATE INDEX IF NOT EXISTS j ON orders (id)', false, []],
])('%s, where the index is valid: %s', async (sql, valid, expected) => {
  const target = await targetWith(valid);
  const {findings} = await lintText(sql, [rule], {target, before: createModel({})});
  expect(findings.map(({what}) => what)).toEqual(expected);
});

async function targetWith(valid: boolean): Promise<Target> {
  const model = await afterSql('CREATE TABLE orders (id int); CREATE INDEX i ON orders (id)');
  const orders = model.relation({name: 'orders'});
  const index = orders?.indexes.get('i');
  if (!orders || !index) throw new Error('no table');
  const relation: Relation = valid
    ? orders
    : {...orders, indexes: new Map([['i', {...index, valid: false}]])};
  return {
    name: 'staging',
    major: 18,
    readAt: 0,
    relation: () => relation,
    facts: () => ({bytes: 10 ** 9}),
  };
}
