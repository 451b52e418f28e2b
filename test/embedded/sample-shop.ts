import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Goal} from '../../src/core/migrations/plan.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import {createProject} from '../../src/frameworks/golang-migrate/project.ts';
import {createParser} from '../../src/parser/libpg-query.ts';

export const shop = join(import.meta.dirname, '../../sample/shop');
const project = createProject(join(shop, 'db/migrations'), createParser());

type Open = () => Promise<Outcome<Session>>;

export function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.failure.message} ${outcome.failure.server?.message ?? ''}`);
}

const objectsSql = `
SELECT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
       || coalesce(' ' || pg_get_constraintdef(k.oid), '')
       || coalesce(' ' || pg_get_indexdef(i.indexrelid), '')
       || coalesce(' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull, '') AS object
  FROM (SELECT 'pg_class'::regclass AS classid, oid AS objid, 0 AS objsubid FROM pg_class
         UNION ALL SELECT 'pg_class'::regclass, attrelid, attnum FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped
         UNION ALL SELECT 'pg_proc'::regclass, oid, 0 FROM pg_proc
         UNION ALL SELECT 'pg_type'::regclass, oid, 0 FROM pg_type
         UNION ALL SELECT 'pg_constraint'::regclass, oid, 0 FROM pg_constraint
         UNION ALL SELECT 'pg_trigger'::regclass, oid, 0 FROM pg_trigger WHERE NOT tgisinternal
         UNION ALL SELECT 'pg_policy'::regclass, oid, 0 FROM pg_policy
         UNION ALL SELECT 'pg_namespace'::regclass, oid, 0 FROM pg_namespace WHERE nspname !~ '^pg_'
         UNION ALL SELECT 'pg_extension'::regclass, oid, 0 FROM pg_extension) AS d
  LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid AND k.contype <> 'n'
  LEFT JOIN pg_index i ON d.classid = 'pg_class'::regclass AND d.objsubid = 0 AND i.indexrelid = d.objid
  LEFT JOIN pg_attribute a ON d.classid = 'pg_class'::regclass AND a.attrelid = d.objid AND a.attnum = d.objsubid
 WHERE d.objid >= 16384
 ORDER BY 1`;

/** @returns every object of the database but PostgreSQL's own and the bookkeeping, in words, with columns and definitions */
export async function objects(session: Session): Promise<readonly string[]> {
  const {rows} = must(await session.query(objectsSql));
  return rows
    .map(row => String(row['object']))
    .filter(object => !/schema_migrations|alembic_version/.test(object) && !/pg_toast_\d+/.test(object));
}

async function go(session: Session, open: Open, goal: Goal): Promise<void> {
  const status = must(await project.status(session, {}));
  const plan = must(await project.plan(status, goal, {}));
  const report = must(await project.run(session, plan, {}, {lockTimeout: 0, statementTimeout: 0}, open));
  if (report.stopped) throw new Error(`${report.stopped.step.path}: ${report.stopped.failure.message}`);
}

/** What the database holds at the four ends of up, down, up, and after the seed rows and the last migration. */
export interface RoundTrip {
  readonly before: readonly string[];
  readonly up: readonly string[];
  readonly down: readonly string[];
  readonly upAgain: readonly string[];
  readonly seedMilliseconds: number;
  readonly rows: Readonly<Record<string, unknown>>;
}

export async function roundTrip(open: Open): Promise<RoundTrip> {
  const session = must(await open());
  const before = await objects(session);
  await go(session, open, {kind: 'apply-all'});
  const up = await objects(session);
  await go(session, open, {kind: 'roll-back-all'});
  const down = await objects(session);
  await go(session, open, {kind: 'apply-to', id: '11'});
  const began = Date.now();
  must(await session.script(await readFile(join(shop, 'db/seed.sql'), 'utf8')));
  const seedMilliseconds = Date.now() - began;
  await go(session, open, {kind: 'apply-next'});
  await go(session, open, {kind: 'roll-back-last'});
  await go(session, open, {kind: 'apply-next'});
  const upAgain = await objects(session);
  const {rows} = must(await session.query(countsSql));
  await session.close();
  return {before, up, down, upAgain, seedMilliseconds, rows: rows[0] ?? {}};
}

/** Text, so that the drivers' ways with int8 do not matter. */
const countsSql = `
SELECT (SELECT count(*) FROM customers)::text AS customers,
       (SELECT count(*) FROM product_variants)::text AS variants,
       (SELECT count(*) FROM orders)::text AS orders,
       (SELECT count(DISTINCT tracking_token) FROM orders)::text AS tokens,
       (SELECT count(*) FROM orders_default)::text AS outside,
       (SELECT count(*) > 4500 FROM order_items) AS items,
       (SELECT count(*) > 0 FROM reporting.daily_sales) AS sales,
       (SELECT count(*) > 0 FROM search_products('oak kettle')) AS search`;

export const expectedRows = {
  customers: '600',
  variants: '720',
  orders: '2000',
  tokens: '2000',
  outside: '0',
  items: true,
  sales: true,
  search: true,
};
