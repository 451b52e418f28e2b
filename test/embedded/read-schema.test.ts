import {expect, it} from 'vitest';
import {openSession} from '../../src/postgres/connect.ts';
import {readRowCounts} from '../../src/postgres/schema/row-counts.ts';
import {readSchema} from '../../src/postgres/schema/read-schema.ts';
import {readSchemaMark} from '../../src/postgres/schema/schema-mark.ts';
import {openOptions, value} from '../rig/sessions.ts';
import {useRig} from './rig.ts';

const rig = useRig();

it('reads the schema of the embedded server, also within a transaction', async () => {
  const playground = await rig.shared();
  const {password: _, ...options} = openOptions;
  const session = value(await openSession(playground.settings, options));
  const empty = value(await readSchema(session));
  expect([...empty.objects.keys()].filter(key => !key.startsWith('role '))).toEqual([
    'database current',
    'schema public',
    'extension plpgsql',
  ]);
  expect(empty.gaps).toEqual([]);
  const mark = value(await readSchemaMark(session));
  value(await session.script(`CREATE EXTENSION citext; CREATE EXTENSION hstore; BEGIN`));
  value(
    await session.script(`CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email citext NOT NULL,
        tags hstore, twice bigint GENERATED ALWAYS AS (id * 2) VIRTUAL, CHECK (email <> ''));
      CREATE INDEX ON orders (lower(email::text)) WHERE email IS NOT NULL;
      CREATE VIEW recent AS SELECT id, email FROM orders`),
  );
  const within = value(await readSchema(session));
  expect([...within.objects.keys()]).toEqual(
    expect.arrayContaining([
      'extension citext',
      'table public.orders',
      'column public.orders.twice',
      'constraint public.orders.orders_pkey',
      'constraint public.orders.orders_email_check',
      'index public.orders_lower_idx',
      'view public.recent',
    ]),
  );
  expect(within.needs.get('column public.orders.tags')).toEqual(['extension hstore']);
  expect(value(await readSchemaMark(session))).not.toBe(mark);
  expect(session.transactionStatus()).toBe('open');
  value(await session.script('ROLLBACK'));
  const after = value(await readSchema(session));
  expect([...after.objects.keys()].filter(key => key.includes('orders'))).toEqual([]);
  expect([...value(await readRowCounts(session))]).toEqual([]);
  await session.close();
});
