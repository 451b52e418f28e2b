import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {DirectedPlan, historyEntry, planText, shopFacts, words, type PlanSettings} from './explain-rig.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {themesFor} from './themes.ts';

const folder = join(import.meta.dirname, '../../.cache/screenshots');
let rig: PageRig;

beforeAll(async () => {
  await mkdir(folder, {recursive: true});
  rig = await PageRig.start('explain');
});
afterAll(() => rig.stop());

type Page = OpenPage['page'];

interface Scene {
  readonly name: string;
  readonly settings?: PlanSettings;
  /** Leads to what is to be seen. */
  readonly act: (page: Page) => Promise<unknown>;
  readonly width?: number;
}

const earlier = {kept: {'plan-1': planText('orders-report-indexed-18')}, history: [historyEntry({})]};

const scenes: readonly Scene[] = [
  {
    name: 'graph',
    settings: {
      alert: {executionMs: 1270, usualMs: 2.29, runs: 14, compareWith: 'plan-1', planChanged: true},
      facts: {facts: shopFacts(), why: null},
    },
    act: page => page.getByText('Checked against the catalog').waitFor(),
  },
  {
    name: 'table',
    settings: {environment: 'production'},
    act: async page => {
      await page.keyboard.press('3');
      await page.getByRole('treegrid').press('ArrowUp');
      await page.getByRole('tab', {name: 'Node'}).click();
      await page.getByText('Buffers, I/O and WAL').waitFor();
    },
  },
  {name: 'flame', act: page => page.keyboard.press('2')},
  {
    name: 'raw',
    act: async page => {
      await page.keyboard.press('4');
      await page.keyboard.press('/');
      await page.keyboard.type('order_id');
      await page.keyboard.press('Enter');
    },
  },
  {name: 'summary', act: page => page.keyboard.press('5')},
  ...[460, 550, 700, 1000].map(width => ({
    name: `narrow-${width}`,
    width,
    act: async (page: Page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('orders');
      await page.keyboard.press('Enter');
    },
  })),
  {
    name: 'compare',
    settings: earlier,
    act: async page => {
      await page.getByRole('button', {name: 'Compare', exact: true}).click();
      await page.locator('.run-choose').click();
      await page.getByRole('table', {name: 'Before and after'}).locator('.row').first().waitFor();
    },
  },
  {
    name: 'runs',
    settings: {...earlier, history: [historyEntry({}), historyEntry({id: 'plan-0', executionMs: 1240})]},
    act: async page => {
      await page.getByRole('button', {name: 'Compare', exact: true}).click();
      await page.locator('.run-choose').first().waitFor();
    },
  },
  {
    name: 'what-if',
    act: async page => {
      await page.getByRole('button', {name: 'What if…'}).click();
      await page.getByRole('button', {name: 'Plan with the index'}).click();
      await page.getByText('The index cannot be planned.').waitFor();
    },
  },
  {
    name: 'what-if-plans',
    settings: {
      whatIf: {
        kind: 'plans',
        before: planText('orders-report-estimated-18'),
        after: planText('orders-report-indexed-18'),
        how: 'hypopg',
        notes: ['Planned by PostgreSQL 18.4.'],
        definition: 'CREATE INDEX payments_order_id_idx ON shop.payments USING btree (order_id)',
        bytes: 2_900_000,
      },
    },
    act: async page => {
      await page.getByRole('button', {name: 'Try the index'}).first().click();
      await page.getByRole('button', {name: 'Plan with the index'}).click();
      await page.getByRole('table').locator('.row').first().waitFor();
    },
  },
  {
    name: 'workers',
    settings: {text: planText('parallel-report-18')},
    act: async page => {
      await page.keyboard.press('3');
      await page.getByRole('tab', {name: 'Node'}).click();
      await page.getByText('Each worker').waitFor();
    },
  },
  {
    name: 'estimated',
    settings: {text: planText('orders-report-estimated-18'), origin: {mode: 'explain', guard: null}},
    act: page => page.keyboard.press('3'),
  },
  {
    name: 'menu',
    act: page => page.getByRole('button', {name: 'Export'}).click(),
  },
  {
    name: 'running',
    settings: {phase: {kind: 'running', startedAt: Date.now() - 12_300, cancelling: true}},
    act: page => page.getByText('Cancel sent').waitFor(),
  },
  {
    name: 'failed',
    settings: {
      environment: 'production',
      phase: {kind: 'failed', failure: words('column o.statu does not exist')},
    },
    act: page => page.getByText('SQLSTATE 42703').waitFor(),
  },
];

const table = scenes.flatMap((scene, at) =>
  themesFor(at).map(theme => ({scene, theme, title: `${scene.name}-${theme.name}`})),
);

it.each(table)('shows $title without a violation of its policy', async ({scene, theme, title}) => {
  const plan = new DirectedPlan(scene.settings);
  const opened = await rig.open('explain', theme, plan.connect);
  const {page, problems, requested} = opened;
  await page.setViewportSize({width: scene.width ?? 1360, height: 820});
  await page.locator('.workspace, .situation').waitFor();
  await scene.act(page);
  await page.screenshot({path: join(folder, `explain-${title}.png`)});
  expect(problems).toEqual([]);
  expect(requested).toEqual(['/explain', '/explain.css', '/explain.js']);
  expect(plan.channelProblems).toEqual([]);
  await opened.close();
});
