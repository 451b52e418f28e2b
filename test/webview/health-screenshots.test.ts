import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {DirectedHealth, nothingYet} from './health-rig.ts';
import {calmSessions, sessionsPart} from './health-sessions.ts';
import {seenPart, someReading} from './health-values.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {themesFor} from './themes.ts';

const folder = join(import.meta.dirname, '../../.cache/screenshots');
let rig: PageRig;

beforeAll(async () => {
  await mkdir(folder, {recursive: true});
  rig = await PageRig.start('health');
});
afterAll(() => rig.stop());

interface Scene {
  readonly name: string;
  readonly view?: Partial<HealthView>;
  readonly size?: {readonly width: number; readonly height: number};
  readonly act?: (page: OpenPage['page'], health: DirectedHealth) => Promise<unknown>;
  /** Seen once the scene is set. */
  readonly text: string;
}

const tab =
  (name: string) =>
  (page: OpenPage['page']): Promise<unknown> =>
    page.getByRole('tab', {name: new RegExp(`^${name}`)}).click();

const scenes: readonly Scene[] = [
  {name: 'overview', text: 'The archive has failed'},
  {
    name: 'findings',
    size: {width: 1000, height: 1100},
    act: page => page.getByRole('button', {name: /^Error WAL The archive has failed/}).click(),
    text: 'Look into the server’s log',
  },
  {
    name: 'wide',
    size: {width: 1600, height: 900},
    act: async page => {
      await page.getByRole('combobox', {name: 'Order'}).click();
      await page.getByRole('option', {name: 'By area'}).click();
      await page.getByRole('button', {name: /^Warning public\.orders_status_idx/}).click();
    },
    text: 'CREATE INDEX CONCURRENTLY orders_status_idx',
  },
  {
    name: 'columns',
    size: {width: 900, height: 700},
    act: async page => {
      await tab('Tables')(page);
      await page.getByRole('button', {name: 'Columns'}).filter({visible: true}).click();
    },
    text: 'Done',
  },
  {name: 'sessions', act: tab('Sessions'), text: 'waits for ACCESS EXCLUSIVE on public.orders'},
  {
    name: 'session',
    size: {width: 1300, height: 800},
    view: {reading: {...someReading, sessions: seenPart(sessionsPart(calmSessions))}},
    act: async page => {
      await tab('Sessions')(page);
      await page.getByRole('row', {name: /metabase/}).click();
    },
    text: 'Open Query in Editor',
  },
  {
    name: 'queries',
    size: {width: 1300, height: 800},
    act: async page => {
      await tab('Queries')(page);
      await page
        .getByRole('row', {name: /customer_id/})
        .first()
        .click();
    },
    text: 'Shared buffers',
  },
  {
    name: 'no-statements',
    view: {
      reading: {
        ...someReading,
        statements: {
          kind: 'hidden',
          why: 'The extension pg_stat_statements is not installed in this database.',
          advice:
            'Add it to shared_preload_libraries, restart the server, and run CREATE EXTENSION pg_stat_statements;',
        },
      },
    },
    act: tab('Queries'),
    text: 'Enable pg_stat_statements',
  },
  {
    name: 'tables',
    size: {width: 1300, height: 800},
    act: async page => {
      await tab('Tables')(page);
      await page.getByRole('row', {name: /public.orders/}).click();
    },
    text: 'Oldest row',
  },
  {name: 'server', size: {width: 1000, height: 1500}, act: tab('Server'), text: 'shared_buffers'},
  {
    name: 'lost',
    view: {
      watching: {
        kind: 'lost',
        since: Date.now() - 8000,
        failure: {
          message:
            'connection to server at "db.example.com" (10.2.0.3), port 5432 failed: Connection refused',
          advice: 'Is the server running?',
        },
        retryAt: Date.now() + 9500,
        attempts: 3,
      },
      maintenance: [
        {
          id: 'm1',
          title: 'VACUUM (FREEZE) public.events',
          startedAt: Date.now() - 62_000,
          state: {kind: 'running', phase: 'scanning heap', share: 0.63, cancelling: false},
        },
        {
          id: 'm2',
          title: 'ANALYZE public.orders',
          startedAt: Date.now() - 62_000,
          state: {kind: 'done', milliseconds: 1240},
        },
      ],
    },
    text: 'Retry Now',
  },
  {name: 'first', view: nothingYet, text: 'Looking at shop'},
  {
    name: 'well',
    view: {
      connection: {
        id: 'c2',
        name: 'shop on staging',
        environment: 'staging',
        address: 'app@localhost:5432/shop',
        readOnly: true,
      },
      findings: [],
      grades: (['connections', 'locks', 'queries', 'indexes', 'tables', 'vacuum'] as const).map(area => ({
        area,
        grade: 'A',
        reason: '4 of 4 checks looked, and found nothing.',
      })),
      unseen: [],
      events: [],
    },
    text: 'Nothing was found.',
  },
  {name: 'narrow', size: {width: 430, height: 900}, text: 'The archive has failed'},
];

const table = scenes.flatMap((scene, index) =>
  themesFor(index).map(theme => ({scene, theme, title: `${scene.name}-${theme.name}`})),
);

it.each(table)('shows $title without a violation of its policy', async ({scene, theme, title}) => {
  const health = new DirectedHealth(scene.view);
  const opened = await rig.open('health', theme, health.connect);
  const {page, problems, requested} = opened;
  await page.setViewportSize(scene.size ?? {width: 1000, height: 720});
  await page.locator('h1').waitFor();
  await scene.act?.(page, health);
  await page.getByText(scene.text).filter({visible: true}).first().waitFor();
  await page.screenshot({path: join(folder, `health-${title}.png`)});
  expect(problems).toEqual([]);
  expect(requested).toEqual(['/health', '/health.css', '/health.js']);
  await opened.close();
});
