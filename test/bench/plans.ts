import type {Browser, Page} from 'playwright-core';
import {attribute} from '../../src/core/explain/attribute.ts';
import {readPlans} from '../../src/core/explain/read-plans.ts';
import {DirectedPlan} from '../webview/explain-rig.ts';
import {PageRig} from '../webview/page-rig.ts';
import {themes} from '../webview/themes.ts';
import {launchBrowser} from '../rig/browser.ts';
import {largePlan} from '../rig/large-plan.ts';
import {mebibytes, median, milliseconds, type Figure} from './figure.ts';
import {serveYardstick} from './yardstick/page.ts';

const sizes = [20, 300, 1000, 3000, 10_000] as const;

/** How long pev2 may take for one plan before it is left, in ms. */
const patience = 60_000;

interface Shown {
  /** ms until the plan is on the screen. */
  readonly paint: number;
  readonly elements: number;
  /** Bytes of the page's heap after a collection. */
  readonly heap: number;
  /** ms of a step of scrolling, of our own page. */
  readonly step?: number;
}

/** Plans of several sizes: the arithmetic, and the panel beside pev2 in the same browser. */
export async function measurePlans(): Promise<readonly Figure[]> {
  const rig = await PageRig.start('explain');
  const browser = await launchBrowser();
  const yardstick = await serveYardstick();
  try {
    const figures: Figure[] = [];
    let isHopeless = false;
    for (const nodes of sizes) {
      const text = largePlan(nodes);
      const own = await showOwn(rig, text);
      const other: Shown | undefined = isHopeless ? undefined : await showPev2(browser, yardstick.url, text);
      isHopeless ||= other === undefined;
      figures.push(...figuresOf(nodes, computing(text), own, other));
    }
    return figures;
  } finally {
    yardstick.stop();
    await browser.close();
    await rig.stop();
  }
}

/** ms to read a plan and compute every node's numbers; the middle of seven. */
function computing(text: string): number {
  const times = Array.from({length: 7}, () => {
    const begin = performance.now();
    const plans = readPlans(text);
    if (plans.ok) for (const plan of plans.value) attribute(plan);
    return performance.now() - begin;
  });
  return median(times);
}

/** From the request of the page until its first frame with the plan: loading the script is part of it. */
async function showOwn(rig: PageRig, text: string): Promise<Shown> {
  const [theme] = themes;
  if (theme === undefined) throw new Error('no theme');
  const opened = await rig.open('explain', theme, new DirectedPlan({text}).connect);
  try {
    await opened.page.waitForFunction(() => performance.getEntriesByName('plan-painted').length > 0);
    const paint = await opened.page.evaluate(
      () => performance.getEntriesByName('plan-painted')[0]?.startTime ?? 0,
    );
    return {paint, ...(await weigh(opened.page)), step: await scroll(opened.page)};
  } finally {
    await opened.close();
  }
}

/** @returns what one step of a wheel costs the page, without what the display waits for */
function scroll(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const surface = document.querySelector('.graph-surface');
    const costs: number[] = [];
    for (let step = 0; step < 40; step++) {
      surface?.dispatchEvent(
        new WheelEvent('wheel', {deltaX: 25, deltaY: 4, bubbles: true, cancelable: true}),
      );
      await new Promise(resolve => requestAnimationFrame(resolve));
      const started = performance.now();
      document.querySelector('.graph-layer')?.getBoundingClientRect();
      await new Promise(resolve => setTimeout(resolve));
      costs.push(performance.now() - started);
    }
    return costs.toSorted((a, b) => a - b)[20] ?? Number.NaN;
  });
}

/** Without loading the script. @returns nothing when it is not there in time */
async function showPev2(browser: Browser, url: string, text: string): Promise<Shown | undefined> {
  const page = await browser.newPage({viewport: {width: 1000, height: 720}});
  try {
    await page.goto(url);
    await page.waitForFunction(() => 'showPlan' in window);
    const showing = page.evaluate(async plan => {
      const show: unknown = Reflect.get(window, 'showPlan');
      return typeof show === 'function' ? Number(await show(plan)) : Number.NaN;
    }, text);
    const late = new Promise<undefined>(resolve => setTimeout(() => resolve(undefined), patience));
    const paint = await Promise.race([showing.catch(() => undefined), late]);
    return paint === undefined ? undefined : {paint, ...(await weigh(page))};
  } finally {
    await page.close();
  }
}

async function weigh(page: Page): Promise<Pick<Shown, 'elements' | 'heap'>> {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  await client.send('HeapProfiler.collectGarbage');
  const {metrics} = await client.send('Performance.getMetrics');
  const heap = metrics.find(({name}) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
  const elements = await page.evaluate(() => {
    const count = (root: ParentNode): number =>
      [...root.querySelectorAll('*')].reduce(
        (sum, element) => sum + 1 + (element.shadowRoot === null ? 0 : count(element.shadowRoot)),
        0,
      );
    return count(document);
  });
  return {heap, elements};
}

function figuresOf(nodes: number, computed: number, own: Shown, other: Shown | undefined): readonly Figure[] {
  const label = `plan of ${nodes.toLocaleString('en')} nodes`;
  const isLargest = nodes === Math.max(...sizes);
  const goal = (text: string): {readonly goal?: string} => (isLargest ? {goal: text} : {});
  const beside = (pick: (shown: Shown) => number, show: (value: number) => string): string =>
    other === undefined
      ? `pev2: not within ${patience / 1000} s`
      : `pev2: ${show(pick(other))}, ratio ${(pick(own) / pick(other)).toPrecision(2)}`;
  return [
    {what: `${label}: read and computed`, measured: milliseconds(computed), ...goal('≤ 300 ms')},
    {
      what: `${label}: on the screen, the page's start included`,
      measured: `${milliseconds(own.paint)} (${beside(({paint}) => paint, milliseconds)})`,
      ...goal('≤ 1 s'),
    },
    {
      what: `${label}: elements`,
      measured: `${own.elements} (${beside(({elements}) => elements, String)})`,
      ...goal('≤ 5,000'),
    },
    {
      what: `${label}: a step of scrolling`,
      measured: milliseconds(own.step ?? Number.NaN),
      ...goal('≤ 50 ms'),
    },
    {
      what: `${label}: heap`,
      measured: `${mebibytes(own.heap)} (${beside(({heap}) => heap, mebibytes)})`,
    },
  ];
}
