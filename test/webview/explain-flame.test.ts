import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {largePlan} from '../rig/large-plan.ts';
import {DirectedPlan, planText} from './explain-rig.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {themes} from './themes.ts';

type Page = OpenPage['page'];

const [light] = themes;
if (light === undefined) throw new Error('no theme');
const theme = light;

let rig: PageRig;
const opened: OpenPage[] = [];

beforeAll(async () => {
  rig = await PageRig.start('explain');
});
afterAll(() => rig.stop());
afterEach(async () => {
  for (const one of opened.splice(0)) {
    await one.close();
    expect(one.problems).toEqual([]);
  }
});

async function flame(text: string): Promise<{page: Page; plan: DirectedPlan}> {
  const plan = new DirectedPlan({text});
  const one = await rig.open('explain', theme, plan.connect);
  opened.push(one);
  await one.page.setViewportSize({width: 1360, height: 820});
  await one.page.locator('.workspace').waitFor();
  await one.page.keyboard.press('2');
  await one.page.locator('.bar').first().waitFor();
  return {page: one.page, plan};
}

const small = planText('orders-report-18');

const bar = (page: Page, name: RegExp): ReturnType<Page['getByRole']> =>
  page.getByRole('treeitem', {name}).first();

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

const selected = (page: Page): Promise<string | null> =>
  page.locator('.bar[aria-selected=true]').getAttribute('aria-label');

const crumbs = (page: Page): Promise<string> => page.locator('.flame-crumbs').innerText();

async function widthOf(page: Page, name: RegExp): Promise<number> {
  const box = await bar(page, name).boundingBox();
  return box?.width ?? 0;
}

/** As from another keyboard position: on the bar that is in the Tab order. */
async function enter(page: Page): Promise<void> {
  await page.locator('.bar[tabindex="0"]').focus();
}

describe('the flame graph', () => {
  it('gives each node the width of what it and all below it took', async () => {
    const {page} = await flame(small);
    const whole = await widthOf(page, /^Limit/);
    expect((await widthOf(page, /^Seq Scan on payments/)) / whole).toBeCloseTo(0.94, 2);
    await expect(bar(page, /^Seq Scan on payments/).textContent()).resolves.toBe(
      'Seq Scan on payments1.19 s · self 1.19 s',
    );
    expect(await selected(page)).toMatch(/^Seq Scan on payments, .*, 1\.19 s with all below, 94 %$/);
  });

  it('walks with the arrows, and the selection with them', async () => {
    const {page} = await flame(small);
    await enter(page);
    for (const [key, name] of [
      ['ArrowUp', /^Aggregate/],
      ['ArrowLeft', /^Nested Loop,/],
      ['ArrowDown', /^Nested Loop,/],
      ['Home', /^Limit/],
      ['ArrowDown', /^Sort/],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => focused(page)).toMatch(name);
      await expect.poll(() => selected(page)).toMatch(name);
    }
  });

  it('zooms into a node with Enter and out with Backspace, and says where it is', async () => {
    const {page} = await flame(small);
    await enter(page);
    const whole = await widthOf(page, /^Limit/);
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => focused(page)).toMatch(/^Aggregate/);
    await page.keyboard.press('Enter');
    await expect.poll(() => widthOf(page, /^Aggregate/)).toBeCloseTo(whole, 0);
    expect(await focused(page)).toMatch(/^Aggregate/);
    await expect(bar(page, /^Limit/).count()).resolves.toBe(0);
    expect((await crumbs(page)).replaceAll(/\s+/g, ' ')).toBe(
      'Limit › Sort › GroupAggregate › Sort › Nested Loop Left Join › Aggregate',
    );
    await page.keyboard.press('Backspace');
    await expect.poll(() => widthOf(page, /^Nested Loop Left Join/)).toBeCloseTo(whole, 0);
    await page.getByRole('button', {name: 'Limit', exact: true}).click();
    await expect.poll(() => widthOf(page, /^Limit/)).toBeCloseTo(whole, 0);
    await expect(page.locator('.flame-crumbs').isVisible()).resolves.toBe(false);
  });

  it('zooms with a double click, and out again for what is selected elsewhere', async () => {
    const {page} = await flame(small);
    await bar(page, /^Seq Scan on payments/).dblclick();
    await expect.poll(() => page.locator('.bar').count()).toBe(1);
    await page.keyboard.press('/');
    await page.keyboard.type('countries');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.bar').count()).toBeGreaterThan(5);
    await expect(page.locator('.bar.is-dimmed').count()).resolves.toBeGreaterThan(0);
  });

  it('hides what is below with Space', async () => {
    const {page} = await flame(small);
    await enter(page);
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => focused(page)).toMatch(/^Aggregate/);
    await page.keyboard.press(' ');
    await expect.poll(() => bar(page, /^Aggregate/).getAttribute('aria-expanded')).toBe('false');
    await expect(bar(page, /^Seq Scan on payments/).count()).resolves.toBe(0);
    await expect.poll(() => focused(page)).toMatch(/^Aggregate/);
  });

  it('weighs by cost when nothing was executed', async () => {
    const {page} = await flame(planText('orders-report-estimated-18'));
    await expect(page.locator('.bar').first().textContent()).resolves.toMatch(/cost [\d,]+/);
  });

  it('keeps 10,000 nodes few elements', async () => {
    const {page} = await flame(largePlan(10_000));
    const elements = await page.evaluate(() => document.querySelectorAll('.flame *').length);
    expect(elements).toBeLessThan(1500);
    expect(elements).toBeGreaterThan(200);
    await expect(page.locator('.bar-merged').count()).resolves.toBeGreaterThan(10);
  });

  it('scrolls to what is deep, and has no bars of what is far above', async () => {
    let plan: object = {'Node Type': 'Seq Scan', 'Relation Name': 'deepest', 'Actual Total Time': 1};
    for (let level = 1; level < 1000; level++)
      plan = {'Node Type': 'Limit', 'Actual Total Time': 1 + level, Plans: [{...plan, 'Actual Loops': 1}]};
    const {page} = await flame(JSON.stringify([{Plan: {...plan, 'Actual Loops': 1}}]));
    await page.keyboard.press('/');
    await page.keyboard.type('deepest');
    await page.keyboard.press('Enter');
    await expect.poll(() => selected(page)).toMatch(/^Seq Scan on deepest/);
    await expect(bar(page, /^Seq Scan on deepest/).isVisible()).resolves.toBe(true);
    expect(await page.locator('.bar').count()).toBeLessThan(60);
  });
});
