import {expect, it} from 'vitest';
import {openSession} from '../../src/postgres/connect.ts';
import {readPlanFacts} from '../../src/postgres/explain/facts.ts';
import {openOptions, value} from '../rig/sessions.ts';
import {useRig} from './rig.ts';

const rig = useRig();

it('reads what the catalog of the embedded server knows of a plan', async () => {
  const playground = await rig.shared();
  const {password: _, ...options} = openOptions;
  const session = value(await openSession(playground.settings, options));
  value(
    await session.script(`CREATE TABLE orders (id int PRIMARY KEY, email text);
      CREATE TABLE items (order_id int CONSTRAINT items_order REFERENCES orders);
      CREATE INDEX orders_lower ON orders (lower(email));
      INSERT INTO orders SELECT i, 'e' || i FROM generate_series(1, 100) AS i; ANALYZE orders`),
  );
  const asked = {relations: [{schema: null, name: 'orders'}], constraints: ['items_order']};
  const facts = value(await readPlanFacts(session, asked));
  expect(facts.settings['work_mem']).toMatch(/MB$|kB$/);
  expect(facts.tables.find(({name}) => name === 'orders')).toMatchObject({
    rows: 100,
    indexes: [
      {name: 'orders_lower', keys: [{expression: 'lower(email)'}]},
      {name: 'orders_pkey', valid: true},
    ],
    columns: [{name: 'id', statistics: {distinct: -1}}, {name: 'email'}],
  });
  expect(facts.foreignKeys).toMatchObject([{constraint: 'items_order', indexed: false}]);
  await session.close();
});
