import {afterAll, afterEach, beforeAll, expect} from 'vitest';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {DirectedHealth} from './health-rig.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {themes} from './themes.ts';

export type Page = OpenPage['page'];
type Locator = ReturnType<Page['locator']>;

export interface Shown {
  readonly health: DirectedHealth;
  readonly page: Page;
}

/** Opens health pages for the tests of a file, and sees after each test that the page broke no rule. */
export function healthPages(): (view?: Partial<HealthView>) => Promise<Shown> {
  const [theme] = themes;
  if (theme === undefined) throw new Error('no theme');
  let rig: PageRig;
  const opened: (OpenPage & {readonly health: DirectedHealth})[] = [];
  beforeAll(async () => {
    rig = await PageRig.start('health');
  });
  afterAll(() => rig.stop());
  // Whatever a test did: the page has broken no policy, warned of nothing and asked for nothing but its own files.
  afterEach(async () => {
    for (const one of opened.splice(0)) {
      const foreign = one.requested.filter(path => !['/health', '/health.css', '/health.js'].includes(path));
      await one.page.evaluate(() => 0);
      await one.close();
      const {problems, health} = one;
      expect({problems, foreign, channel: health.channelProblems}).toEqual({
        problems: [],
        foreign: [],
        channel: [],
      });
    }
  });
  return async view => {
    const health = new DirectedHealth(view);
    const one = await rig.open('health', theme, health.connect);
    opened.push({...one, health});
    await one.page.locator('h1').waitFor();
    return {health, page: one.page};
  };
}

export const tab = (page: Page, name: string): Locator =>
  page.getByRole('tab', {name: new RegExp(`^${name}`)});
export const button = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole('button', {name});
export const row = (page: Page, name: RegExp): Locator =>
  page.getByRole('row', {name}).filter({visible: true});
/** Waits for what the page asked last. */
export const asked = (health: DirectedHealth): ReturnType<typeof expect.poll<string | undefined>> =>
  expect.poll(() => health.asked.at(-1));
