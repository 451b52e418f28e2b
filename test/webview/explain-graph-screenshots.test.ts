import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {largePlan} from '../rig/large-plan.ts';
import {DirectedPlan, planText} from './explain-rig.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {themesFor} from './themes.ts';

const folder = join(import.meta.dirname, '../../.cache/screenshots');
let rig: PageRig;

beforeAll(async () => {
  await mkdir(folder, {recursive: true});
  rig = await PageRig.start('explain');
});
afterAll(() => rig.stop());

const texts = {
  small: planText('orders-report-18'),
  parallel: planText('parallel-report-18'),
  middle: largePlan(120),
  large: largePlan(10_000),
} as const;

interface Scene {
  readonly name: string;
  readonly text: keyof typeof texts;
  readonly view: '1' | '2';
  readonly act?: (page: OpenPage['page']) => Promise<unknown>;
}

const scenes: readonly Scene[] = [
  {name: 'graph-small', text: 'small', view: '1'},
  {name: 'graph-parallel', text: 'parallel', view: '1'},
  {name: 'graph-middle', text: 'middle', view: '1'},
  {name: 'graph-large', text: 'large', view: '1'},
  {
    name: 'graph-overview',
    text: 'large',
    view: '1',
    act: async page => {
      await page.getByRole('button', {name: 'Show everything that is folded'}).click();
      await page.getByRole('button', {name: 'Fit the plan into view'}).click();
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'graph-brief',
    text: 'middle',
    view: '1',
    act: async page => {
      await page.getByRole('button', {name: 'Show everything that is folded'}).click();
      for (let step = 0; step < 3; step++) await page.getByRole('button', {name: 'Zoom out'}).click();
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'graph-search',
    text: 'middle',
    view: '1',
    act: async page => {
      await page.keyboard.press('/');
      await page.keyboard.type('orders');
      await page.waitForTimeout(300);
    },
  },
  {name: 'flame-small', text: 'small', view: '2'},
  {name: 'flame-middle', text: 'middle', view: '2'},
  {name: 'flame-large', text: 'large', view: '2'},
];

const table = scenes.flatMap((scene, at) =>
  themesFor(at).map(theme => ({scene, theme, title: `${scene.name}-${theme.name}`})),
);

it.each(table)('shows $title without a violation of its policy', async ({scene, theme, title}) => {
  const plan = new DirectedPlan({text: texts[scene.text]});
  const opened = await rig.open('explain', theme, plan.connect);
  const {page, problems} = opened;
  await page.setViewportSize({width: 1360, height: 820});
  await page.locator('.workspace').waitFor();
  await page.keyboard.press(scene.view);
  await page
    .locator(scene.view === '1' ? '.card' : '.bar')
    .first()
    .waitFor();
  await scene.act?.(page);
  await page.screenshot({path: join(folder, `explain-${title}.png`)});
  expect(problems).toEqual([]);
  await opened.close();
});
