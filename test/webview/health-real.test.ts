import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it, vi} from 'vitest';
import {assess} from '../../src/core/health/assess.ts';
import {partShapes, type PartName, type Reading} from '../../src/core/health/parts.ts';
import {sampleOf} from '../../src/core/health/series.ts';
import type {Session} from '../../src/core/session.ts';
import {readHealth} from '../../src/postgres/health/read-health.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {startServer, type TestServer} from '../rig/servers.ts';
import {openFor, value} from '../rig/sessions.ts';
import {tab} from './health-page.ts';
import {DirectedHealth, healthView} from './health-rig.ts';
import {PageRig} from './page-rig.ts';
import {themes} from './themes.ts';

const folder = join(import.meta.dirname, '../../.cache/screenshots');
let rig: PageRig;
let server: TestServer;
const open: Session[] = [];

const shop = `CREATE EXTENSION pg_stat_statements;
CREATE ROLE clerk LOGIN PASSWORD 'postgres';
CREATE TABLE customers (id serial PRIMARY KEY, "e-mail" text);
CREATE TABLE orders (id serial PRIMARY KEY, customer_id int REFERENCES customers, total numeric, note text);
CREATE INDEX orders_note ON orders (note);
INSERT INTO customers ("e-mail") SELECT 'c' || n FROM generate_series(1, 2000) AS n;
INSERT INTO orders (customer_id, total, note) SELECT n % 2000 + 1, n, repeat('x', 40) FROM generate_series(1, 20000) AS n;
ANALYZE;
UPDATE orders SET total = total + 1;
`;

async function session(user = 'postgres'): Promise<Session> {
  const one = await openFor(server, {user}, {applicationName: `shop-${user}`});
  open.push(one);
  return one;
}

const isPart = (name: string): name is PartName => name in partShapes;
const everything = Object.keys(partShapes).filter(isPart);

/** What the panel's host would show of the server to this role. */
async function viewOf(user: string): Promise<HealthView> {
  const db = await session(user);
  const first = value(await readHealth(db, everything));
  const second = value(await readHealth(db, everything));
  const reading: Reading = second.reading;
  const assessment = await assess(reading, {before: first.reading});
  const sample = sampleOf(reading, first.reading);
  return healthView({
    reading,
    findings: assessment.findings,
    grades: assessment.grades,
    unseen: assessment.checks.flatMap(({title, outcome}) =>
      outcome.kind === 'looked' ? [] : [{title, why: outcome.why}],
    ),
    titles: assessment.checks.map(({id, title}) => ({id, title})),
    samples: sample ? [sample] : [],
    events: [],
    cost: {live: second.cost},
  });
}

beforeAll(async () => {
  await mkdir(folder, {recursive: true});
  server = await startServer(16);
  rig = await PageRig.start('health');
  const owner = await session();
  value(await owner.script(shop));
  const holder = await session();
  value(await holder.script('BEGIN; UPDATE orders SET total = 0 WHERE id = 1'));
  const waiting = await session();
  void waiting.script('UPDATE orders SET total = 1 WHERE id = 1');
  const waits = async (): Promise<void> => {
    const {rows} = value(await owner.query('SELECT 1 FROM pg_locks WHERE NOT granted', []));
    expect(rows).toHaveLength(1);
  };
  await vi.waitFor(waits, {timeout: 10_000});
}, 120_000);
afterAll(async () => {
  await rig.stop();
  for (const one of open) void one.close();
  await server.stop();
});

it.each(['postgres', 'clerk'])('shows a real server to %s', async user => {
  const [theme] = themes;
  if (!theme) throw new Error('no theme');
  const health = new DirectedHealth(await viewOf(user));
  const opened = await rig.open('health', theme, health.connect);
  const {page, problems} = opened;
  await page.locator('.grade').first().waitFor();
  for (const [name, text] of [
    ['Overview', 'Findings'],
    ['Sessions', '1 session waits for 1 other'],
    ['Queries', user === 'postgres' ? 'UPDATE orders SET total' : 'statement'],
    ['Tables', 'public.orders'],
    ['Server', 'shared_buffers'],
  ] as const) {
    await tab(page, name).click();
    await page.getByText(text).filter({visible: true}).first().waitFor();
    await page.screenshot({path: join(folder, `health-real-${user}-${name.toLowerCase()}.png`)});
  }
  expect({problems, channel: health.channelProblems}).toEqual({problems: [], channel: []});
  await opened.close();
});
