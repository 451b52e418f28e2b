import type {Page} from 'playwright-core';
import {manyRows} from '../webview/index-data.ts';
import {DirectedIndexes} from '../webview/index-rig.ts';
import {PageRig} from '../webview/page-rig.ts';
import {themes} from '../webview/themes.ts';
import {median, milliseconds, type Figure} from './figure.ts';

const sizes = [100, 5000, 50_000] as const;

/** The index panel's page: until its first rows are seen, and what a step of scrolling costs it. */
export async function measureIndexPage(): Promise<readonly Figure[]> {
  const rig = await PageRig.start('indexes');
  try {
    const figures: Figure[] = [];
    for (const count of sizes) figures.push(...(await measure(rig, count)));
    return figures;
  } finally {
    await rig.stop();
  }
}

async function measure(rig: PageRig, count: number): Promise<readonly Figure[]> {
  const [theme] = themes;
  if (theme === undefined) throw new Error('no theme');
  const opened = await rig.open('indexes', theme, new DirectedIndexes({rows: manyRows(count)}).connect);
  const {page} = opened;
  const label = `index panel, ${count.toLocaleString('en')} indexes`;
  try {
    await page.waitForSelector('[role="grid"] [role="row"] [role="gridcell"]');
    const first = await page.evaluate(() => performance.now());
    await page.waitForFunction(
      ([wanted]) =>
        Number(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount')) >= Number(wanted),
      [count],
      {timeout: 120_000},
    );
    const all = await page.evaluate(() => performance.now());
    const steps = await scroll(page);
    return [
      {what: `${label}: first rows on the screen`, measured: milliseconds(first)},
      {what: `${label}: all rows in the list`, measured: milliseconds(all)},
      {
        what: `${label}: a frame while scrolling, median and worst of 60`,
        measured: `${milliseconds(median(steps))}, ${milliseconds(Math.max(...steps))}`,
        goal: '≤ 16 ms',
      },
    ];
  } finally {
    await opened.close();
  }
}

/** @returns ms of each frame's work, without what the display waits for */
function scroll(page: Page): Promise<readonly number[]> {
  return page.evaluate(async () => {
    const row = document.querySelector('[role="grid"] [role="gridcell"]');
    let scroller = row?.parentElement ?? null;
    while (scroller && scroller.scrollHeight <= scroller.clientHeight) scroller = scroller.parentElement;
    const costs: number[] = [];
    for (let step = 0; step < 60; step++) {
      await new Promise(resolve => requestAnimationFrame(resolve));
      const started = performance.now();
      scroller?.scrollBy(0, 700);
      scroller?.dispatchEvent(new Event('scroll'));
      scroller?.getBoundingClientRect();
      await new Promise(resolve => setTimeout(resolve));
      costs.push(performance.now() - started);
    }
    return costs;
  });
}
