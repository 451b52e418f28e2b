import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {RehearsedView} from '../../src/protocol/run-panel.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {DirectedRun, type RunSettings} from './run-rig.ts';
import {themes} from './themes.ts';

const folder = join(import.meta.dirname, '../../.cache/screenshots');
const [light] = themes;
if (light === undefined) throw new Error('no theme');
const theme = light;
let rig: PageRig;

beforeAll(async () => {
  await mkdir(folder, {recursive: true});
  rig = await PageRig.start('run');
});
afterAll(() => rig.stop());

/** A rehearsal whose course the test directs. */
class Directed {
  observe: (rehearsed: RehearsedView) => void = () => {};
  signal: AbortSignal | undefined;

  readonly rehearse = (observe: (rehearsed: RehearsedView) => void, signal: AbortSignal): Promise<void> => {
    this.observe = observe;
    this.signal = signal;
    return Promise.resolve();
  };
}

async function show(
  settings: RunSettings = {},
  chosen = theme,
): Promise<{run: DirectedRun; directed: Directed; page: OpenPage['page']; close: () => Promise<void>}> {
  const run = new DirectedRun(settings);
  const directed = new Directed();
  const opened = await rig.open('run', chosen, run.connect);
  const {page} = opened;
  await page.locator('h1').waitFor();
  run.session.rehearse(directed.rehearse);
  return {run, directed, page, close: () => opened.close()};
}

const passes: RehearsedView = {
  kind: 'passes',
  statements: 4,
  lock: 'Strongest lock: ACCESS EXCLUSIVE on public.orders for the length of a full scan.',
  blocks: true,
  warnings: [],
};
const fails: RehearsedView = {
  kind: 'fails',
  step: 1,
  message: 'column "customer_state" does not exist',
  at: {file: '000013_backfill_order_totals.up.sql', line: 3},
};

describe('the rehearsal of a plan', () => {
  it.each<[string, RehearsedView, string]>([
    [
      'how far it is',
      {kind: 'running', doing: 'history, 12 of 40 files'},
      'Rehearsing in the embedded PostgreSQL… history, 12 of 40 files',
    ],
    ['that it passes', passes, 'The rehearsal passes: 4 statements. Strongest lock: ACCESS EXCLUSIVE'],
    ['where it fails', fails, 'The rehearsal fails in 000013_backfill_order_totals.up.sql, line 3. column'],
    [
      'why there is none',
      {kind: 'unknown', why: 'The embedded PostgreSQL could not be started.'},
      'This could not be rehearsed. The embedded PostgreSQL could not be started.',
    ],
  ])('says %s', async (_, view, text) => {
    const {directed, page, close} = await show();
    await page.locator('.rehearsed').waitFor();
    const before = await page.getByRole('button', {name: 'Apply 3 Migrations'}).boundingBox();
    directed.observe(view);
    await page.getByText(text.slice(0, 20)).waitFor();
    // What moved below the pointer would be clicked by mistake.
    expect(await page.getByRole('button', {name: 'Apply 3 Migrations'}).boundingBox()).toEqual(before);
    expect(await page.locator('.rehearsed').innerText()).toContain(text);
    await close();
  });

  it('leads to its report', async () => {
    const {run, directed, page, close} = await show();
    directed.observe(passes);
    await page.getByRole('button', {name: 'Full report'}).click();
    await expect.poll(() => run.asked).toContain('showRehearsal');
    await close();
  });

  it.each<[string, RehearsedView]>([
    ['goes on', {kind: 'running', doing: 'starting PostgreSQL'}],
    ['passes', passes],
    ['could not be done', {kind: 'unknown', why: 'No.'}],
  ])('that %s keeps nobody from applying, and ends with the click', async (_, view) => {
    const {run, directed, page, close} = await show();
    directed.observe(view);
    await page.locator('.rehearsed').waitFor();
    await page.getByRole('button', {name: 'Apply 3 Migrations'}).click();
    await page.getByText('Applying 3 migrations').waitFor();
    expect(run.session.running).toBe(true);
    expect(directed.signal?.aborted).toBe(true);
    expect(await page.locator('.rehearsed').count()).toBe(0);
    await close();
  });

  it('that fails has the button ask once more', async () => {
    const {run, directed, page, close} = await show();
    directed.observe(fails);
    await page.getByText('The rehearsal fails in').waitFor();
    await page.getByRole('button', {name: 'Apply 3 Migrations'}).click();
    await page.getByRole('button', {name: 'Apply Anyway'}).waitFor();
    expect(run.session.running).toBe(false);
    await page.getByRole('button', {name: 'Apply Anyway'}).click();
    await page.getByText('Applying 3 migrations').waitFor();
    await close();
  });

  it('that fails asks for the name of a production connection as well', async () => {
    const {run, directed, page, close} = await show({environment: 'production'});
    directed.observe(fails);
    await page.getByText('The rehearsal fails in').waitFor();
    await page.locator('vscode-text-field input').fill('shop production');
    await page.keyboard.press('Enter');
    await page.getByText('Press the button once more').waitFor();
    expect(run.session.running).toBe(false);
    await page.keyboard.press('Enter');
    await page.getByText('Applying 3 migrations').waitFor();
    await close();
  });

  it('is not heard of any more after the click', async () => {
    const {run, directed, page, close} = await show();
    await page.getByRole('button', {name: 'Apply 3 Migrations'}).click();
    await page.getByText('Applying 3 migrations').waitFor();
    directed.observe(fails);
    expect(run.session.view.rehearsed?.kind).toBe('running');
    await close();
  });

  it.each(
    themes.flatMap(each => [passes, fails].map(view => ({each, view, name: `${view.kind}-${each.name}`}))),
  )('looks as it should: $name', async ({each, view, name}) => {
    const {directed, page, close} = await show({environment: 'production'}, each);
    directed.observe(view);
    await page.getByText(/^The rehearsal/).waitFor();
    await page.screenshot({path: join(folder, `run-rehearsed-${name}.png`)});
    await close();
  });
});
