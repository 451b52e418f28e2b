import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {now, someFindings, someRows, unused} from './index-data.ts';
import {DirectedIndexes, type IndexSettings} from './index-rig.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {themesFor} from './themes.ts';

const folder = join(import.meta.dirname, '../../.cache/screenshots');
let rig: PageRig;

beforeAll(async () => {
  await mkdir(folder, {recursive: true});
  rig = await PageRig.start('indexes');
});
afterAll(() => rig.stop());

interface Scene {
  readonly name: string;
  readonly settings: IndexSettings;
  readonly size?: {readonly width: number; readonly height: number};
  readonly act?: (page: OpenPage['page'], indexes: DirectedIndexes) => Promise<void> | void;
  /** Seen once the scene is set. */
  readonly text: string;
}

const wave = [0, 3, 8, 14, 22, 30, 28, 20, 12, 9, 15, 26, 41, 40, 38, 22, 10, 6, 4, 9];

/** Every 10 s, so many scans of the busy ones. */
function sampleAll(indexes: DirectedIndexes): void {
  let scans = 61_204_551;
  let others = 20_118_220;
  for (const [at, height] of wave.entries()) {
    scans += height * 400;
    others += (41 - height) * 30;
    indexes.sample(now + (at + 1) * 10_000, [
      [1, scans, scans],
      [2, others, 220_000_000],
      ...(at % 5 === 0 ? [[5, 902_113 + at, 1_800_000] as const] : []),
    ]);
  }
}

const scenes: readonly Scene[] = [
  {
    name: 'wide',
    settings: {
      view: {
        sampling: 10_000,
        notes: ['2 standbys (replica-1, replica-2) have counters of their own, which are not in these.'],
      },
    },
    size: {width: 1500, height: 900},
    act: async (page, indexes) => {
      sampleAll(indexes);
      await page.getByText('orders_customer_id_idx', {exact: true}).click();
    },
    text: 'scans in each second',
  },
  {
    name: 'usual',
    settings: {},
    act: async page => {
      await page.getByRole('button', {name: /2 indexes that nothing uses/}).click();
      await page.getByRole('button', {name: /orders_note_idx was not used/}).click();
    },
    text: 'Counters of this server since',
  },
  {
    name: 'narrow',
    settings: {},
    size: {width: 430, height: 860},
    act: page => page.locator('[data-column=definition]').first().waitFor({state: 'detached'}),
    text: 'orders_coupon_id_fkey has no index',
  },
  {
    name: 'sound',
    settings: {findings: [], rows: someRows.filter(({valid}) => valid)},
    text: 'nothing to improve',
  },
  {
    name: 'reading',
    settings: {
      first: true,
      view: {
        phase: {kind: 'reading', startedAt: now - 2300},
        findings: [],
        version: '',
      },
    },
    text: 'Asking shop on staging',
  },
  {
    name: 'failed',
    settings: {
      first: true,
      view: {
        phase: {
          kind: 'failed',
          failure: {
            message: 'db.example.com:5432 refused the connection.',
            advice: 'Look whether the server runs, and whether a firewall is between.',
          },
        },
      },
    },
    text: 'Try Again',
  },
  {
    name: 'lost',
    settings: {
      findings: [
        ...someFindings,
        ...Array.from({length: 12}, (_, at) => unused(`orders_old_${at}_idx`, 9_000_000 * (at + 1))),
      ],
      view: {
        connection: {
          id: 'c1',
          name: 'shop',
          environment: 'production',
          address: 'app@db.example.com:5432/shop',
          readOnly: true,
        },
        lost: {
          failure: {message: 'The server closed the connection unexpectedly.'},
          retryAt: now + 8000,
          attempts: 3,
        },
        sampling: 60_000,
        unseen: [{title: 'Bloated indexes', why: 'The role may not read the statistics of audit.events.'}],
        maintenance: [
          {
            id: '1',
            title: 'REINDEX INDEX CONCURRENTLY public.orders_customer_id_idx',
            startedAt: now - 42_000,
            state: {kind: 'running', phase: 'building index: scanning table', share: 0.4, cancelling: false},
          },
        ],
        notice: {
          tone: 'good',
          text: '20261121140000_drop_orders_note_idx.up.sql: written and rehearsed. It passes, and down undoes it.',
          more: [],
        },
      },
    },
    text: 'The connection is lost',
  },
];

const table = scenes.flatMap((scene, at) =>
  themesFor(at).map(theme => ({scene, theme, title: `${scene.name}-${theme.name}`})),
);

it.each(table)('shows $title without a violation of its policy', async ({scene, theme, title}) => {
  const indexes = new DirectedIndexes(scene.settings);
  const opened = await rig.open('indexes', theme, indexes.connect);
  const {page, problems, requested} = opened;
  await page.setViewportSize(scene.size ?? {width: 1000, height: 760});
  await page.locator('h1').waitFor();
  await scene.act?.(page, indexes);
  await page.getByText(scene.text).filter({visible: true}).first().waitFor();
  await page.screenshot({path: join(folder, `indexes-${title}.png`)});
  expect(problems).toEqual([]);
  expect(requested).toEqual(['/indexes', '/indexes.css', '/indexes.js']);
  await opened.close();
});
