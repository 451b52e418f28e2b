import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {restoredView} from '../../src/protocol/rehearsal-state.ts';
import type {RehearsalView} from '../../src/protocol/rehearsal-view.ts';
import {failureView} from '../../src/protocol/run-model.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {about, DirectedRehearsal, endedView, passing, runningView, serverFailure} from './rehearsal-rig.ts';
import {failing, harmless, large, rewriting} from './rehearsal-values.ts';
import {themes} from './themes.ts';

const [light] = themes;
if (light === undefined) throw new Error('no theme');
const theme = light;
let rig: PageRig;
const opened: OpenPage[] = [];

beforeAll(async () => {
  rig = await PageRig.start('rehearsal');
});
afterAll(() => rig.stop());

/** Whatever a test did: the page has broken no policy, warned of nothing and asked for nothing but its own files. */
afterEach(async () => {
  for (const one of opened.splice(0)) {
    const {page, problems, requested} = one;
    await page.evaluate(() => 0);
    await one.close();
    expect(problems).toEqual([]);
    expect(requested).toEqual(['/rehearsal', '/rehearsal.css', '/rehearsal.js']);
  }
});

type Page = OpenPage['page'];

async function show(view: RehearsalView): Promise<{rehearsal: DirectedRehearsal; page: Page}> {
  const rehearsal = new DirectedRehearsal(view);
  const one = await rig.open('rehearsal', theme, rehearsal.connect);
  opened.push(one);
  await one.page.locator('h1').waitFor();
  return {rehearsal, page: one.page};
}

const heading = (page: Page): Promise<string> => page.locator('h1').innerText();
const verdict = (page: Page, step = 0): Promise<readonly string[]> =>
  page.locator('.step').nth(step).locator('.verdict').allTextContents();

describe('the verdict', () => {
  it.each<[string, () => RehearsalView, string]>([
    ['that passes', () => endedView([harmless]), '000014 index_notes passes'],
    ['of several that pass', () => endedView([harmless, harmless]), 'All 2 migrations pass'],
    ['with an error', () => endedView([harmless, failing]), '000013 index_orders_on_customer fails'],
    [
      'with a bad undo and data loss',
      () => endedView([rewriting]),
      '000012 add_orders_status passes, but its undo does not work and it deletes data',
    ],
    ['of nothing', () => endedView([]), 'There is nothing to rehearse'],
  ])('%s is the heading', async (_, view, text) => {
    const {page} = await show(view());
    expect(await heading(page)).toBe(text);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  it('of each migration is one line: strongest lock and how long, undo, data', async () => {
    const {page} = await show(endedView([rewriting, failing, harmless]));
    expect(await verdict(page, 0)).toEqual([
      'Passes',
      'ACCESS EXCLUSIVE on public.orders (41 GB, 320 writes/s) while the table is rewritten',
      'Undo differs',
      'Deletes data',
    ]);
    expect((await verdict(page, 1))[0]).toBe('Fails in line 3');
    expect(await verdict(page, 2)).toEqual([
      'Passes',
      'SHARE UPDATE EXCLUSIVE on public.order_notes for the length of a full scan',
      'Undo proven',
      'Keeps all data',
    ]);
  });

  it('is not troubled by what hardly ever matters', async () => {
    const trifle = {
      ...harmless,
      step: {
        ...harmless.step,
        undo: {
          kind: 'differs',
          differences: [{phase: 'down', words: 'The columns are in another order.', grade: 'low'}],
        } as const,
      },
    };
    const {page} = await show(endedView([trifle]));
    expect(await heading(page)).toBe('000014 index_notes passes');
    expect(await verdict(page)).toContain('Undo proven but for trifles');
  });
});

describe('an error', () => {
  it('stands with its line and a caret below the token, and leads there', async () => {
    const {rehearsal, page} = await show(endedView([failing]));
    expect(await page.locator('.source mark').innerText()).toBe('customer_state');
    const [token, caret] = await Promise.all([
      page.locator('.source mark').boundingBox(),
      page.locator('.caret code').evaluate(code => {
        const range = document.createRange();
        const text = code.lastChild;
        if (text) range.selectNodeContents(text);
        const {left, right} = range.getBoundingClientRect();
        return {left, right};
      }),
    ]);
    expect(Math.abs((token?.x ?? 0) - caret.left)).toBeLessThan(2);
    await page.getByRole('button', {name: /^Go to 000013.*up\.sql:3:58$/}).click();
    await expect.poll(() => rehearsal.asked).toHaveLength(1);
    expect(rehearsal.asked[0]).toContain('"step":0,"place":{"file":"up","line":3,"column":58');
  });

  it('shows what the server said as text, never as markup', async () => {
    const evil = '<img src=x onerror="document.title=1"> & <b>bold</b>';
    const {page} = await show({
      ...endedView([failing]),
      phase: {kind: 'failed', failure: failureView(serverFailure(evil))},
    });
    expect(await page.locator('.message').first().innerText()).toBe(evil);
    expect(await page.locator('main img, main b').count()).toBe(0);
  });
});

describe('while it runs', () => {
  it('fills statement by statement, and can be cancelled', async () => {
    const {rehearsal, page} = await show(runningView([rewriting.model, harmless.model]));
    expect(await heading(page)).toBe('Rehearsing 2 migrations');
    rehearsal.change({kind: 'doing', doing: {kind: 'history', done: 3, of: 11}});
    await page.getByText('Replaying the history: 3 of 11 files').waitFor();
    const statements = endedView([rewriting]).steps[0]?.statements ?? [];
    rehearsal.change({kind: 'doing', doing: {kind: 'step', step: 0, part: 'up'}});
    for (const [index, statement] of statements.entries()) {
      rehearsal.change({kind: 'statement', step: 0, statement});
      await expect.poll(() => page.locator('.statement').count()).toBe(index + 1);
    }
    await page.getByRole('button', {name: 'Cancel'}).click();
    await expect.poll(() => rehearsal.asked).toEqual(['cancel']);
    rehearsal.change({kind: 'cancelling'});
    await page.getByText('Cancelling…').waitFor();
    rehearsal.change({kind: 'cancelled', milliseconds: 2300});
    await page.getByText('Cancelled after 2.3 s').waitFor();
    expect(await page.locator('.statement').count()).toBe(statements.length);
    expect(await verdict(page)).toContain('Not run');
  });

  it('has no buttons that only a report has', async () => {
    const {page} = await show(runningView([harmless.model]));
    expect(await page.getByRole('button', {name: 'Apply…'}).isVisible()).toBe(false);
    expect(await page.getByRole('progressbar').isVisible()).toBe(true);
  });
});

describe('the buttons', () => {
  it.each([
    ['Apply…', 'apply'],
    ['Rehearse Again', 'again'],
    ['Check Today’s Rows on shop staging', 'checkLiveData {"step":0}'],
  ])('%s', async (name, request) => {
    const {rehearsal, page} = await show(endedView([harmless]));
    await page.getByRole('button', {name}).click();
    await expect.poll(() => rehearsal.asked).toEqual([request]);
  });

  it.each([
    ['Rehearse Elsewhere', 'On a Scratch Database…', 'rehearseOn {"where":"scratch"}'],
    ['Rehearse Elsewhere', 'On the Server, Rolled Back…', 'rehearseOn {"where":"server"}'],
    ['Export', 'Copy as Markdown', 'copy'],
    ['Export', 'Save as Markdown…', 'save {"kind":"markdown"}'],
    ['Export', 'Save as JSON…', 'save {"kind":"json"}'],
  ])('%s, %s', async (menu, item, request) => {
    const {rehearsal, page} = await show(endedView([harmless]));
    await page.getByRole('button', {name: menu}).click();
    await page.getByRole('menuitem', {name: item}).click();
    await expect.poll(() => rehearsal.asked).toEqual([request]);
  });

  it('do not offer to apply what fails', async () => {
    const {page} = await show(endedView([failing]));
    expect(await page.getByRole('button', {name: 'Apply…'}).count()).toBe(0);
  });

  it('offer a connection where none is chosen', async () => {
    const {rehearsal, page} = await show(endedView([harmless], {about: about({connection: null})}));
    await page.getByRole('button', {name: 'Choose a Connection…'}).click();
    await expect.poll(() => rehearsal.asked).toEqual(['chooseConnection']);
    expect(await page.getByRole('button', {name: /Check Today/}).count()).toBe(0);
  });
});

describe('a history that does not run', () => {
  const stopped = (cause: 'extension' | 'sql'): RehearsalView => ({
    ...endedView([harmless]),
    phase: {
      kind: 'stopped',
      stop: {label: '000007', title: 'link_warehouse', cause, failure: failureView(serverFailure('No.'))},
    },
  });

  it('for what the embedded server lacks offers another place', async () => {
    const {rehearsal, page} = await show(stopped('extension'));
    expect(await heading(page)).toBe('The history does not run: 000007 link_warehouse');
    await page.getByRole('button', {name: 'Rehearse on a Scratch Database…'}).click();
    await page.getByRole('button', {name: 'Rehearse on the Server, Rolled Back…'}).click();
    await expect
      .poll(() => rehearsal.asked)
      .toEqual(['rehearseOn {"where":"scratch"}', 'rehearseOn {"where":"server"}']);
  });

  it('for an error of its own offers none', async () => {
    const {page} = await show(stopped('sql'));
    expect(await page.getByRole('button', {name: /Scratch Database…$/}).count()).toBe(0);
  });
});

it('names each statement that is not tried on a server', async () => {
  const {page} = await show({
    ...endedView([harmless], {about: about({where: 'server'})}),
    phase: {
      kind: 'refused',
      refused: [{step: 0, why: 'CREATE INDEX CONCURRENTLY cannot be rolled back.'}],
    },
  });
  expect(await heading(page)).toBe('This is not tried on the server');
  await page.getByText('CREATE INDEX CONCURRENTLY cannot be rolled back.').waitFor();
});

describe('5,000 statements', () => {
  it('are there at once, and few of them in the document', async () => {
    const rehearsal = new DirectedRehearsal(endedView([large(5000)]));
    const one = await rig.open('rehearsal', theme, rehearsal.connect);
    opened.push(one);
    const {page} = one;
    await page.locator('.row').first().waitFor();
    expect(await page.locator('.row').count()).toBeLessThan(60);
    const scroller = page.getByRole('listbox');
    await scroller.focus();
    const began = Date.now();
    await page.keyboard.press('End');
    await page.getByRole('option', {name: /Country 4999/}).waitFor();
    expect(Date.now() - began).toBeLessThan(1000);
    await page.keyboard.press('Enter');
    await expect.poll(() => rehearsal.asked.at(-1)).toContain('"line":5000');
  });

  it('that come one by one are shown as they come', async () => {
    const {step} = {step: endedView([large(3000)]).steps[0]};
    const {rehearsal, page} = await show(runningView([large(1).model]));
    rehearsal.change({kind: 'doing', doing: {kind: 'step', step: 0, part: 'up'}});
    for (let at = 0; at < 3000; at += 100) {
      const batch = step?.statements.slice(at, at + 100) ?? [];
      rehearsal.change(...batch.map(statement => ({kind: 'statement', step: 0, statement}) as const));
    }
    await page.getByText('3,000 statements').first().waitFor();
  });
});

describe('schema changes', () => {
  it('open to both texts side by side', async () => {
    const {page} = await show(endedView([rewriting]));
    const diff = page.getByRole('table', {name: 'table public.orders'});
    expect(await diff.locator('del').allInnerTexts()).toEqual([
      expect.stringContaining('numeric(12,2)'),
      expect.stringContaining('PRIMARY KEY (id)'),
    ]);
    expect(await diff.locator('.diff-word').allInnerTexts()).toContain('14');
  });
});

describe('after a restart of the editor', () => {
  it('a report is still there', async () => {
    const {page} = await show(endedView([rewriting]));
    const saved: unknown = await page.evaluate(() => Reflect.get(window, 'savedState'));
    const restored = restoredView(saved);
    if (!restored) throw new Error('nothing was kept');
    const again = await show(restored);
    expect(await heading(again.page)).toContain('000012 add_orders_status passes');
    expect(await again.page.locator('.statement').count()).toBe(5);
  });

  it('of a very long one the beginning', async () => {
    const {page} = await show(endedView([large(5000)]));
    const saved: unknown = await page.evaluate(() => Reflect.get(window, 'savedState'));
    const step = restoredView(saved)?.steps[0];
    expect([step?.statements.length, step?.statementsDropped]).toEqual([500, 4500]);
  });

  it('of one that was going on it is said that it is lost', async () => {
    const restored = restoredView(runningView([harmless.model]));
    if (!restored) throw new Error('nothing was kept');
    const {rehearsal, page} = await show(restored);
    expect(await heading(page)).toBe('The editor was restarted during this rehearsal');
    await page.getByRole('button', {name: 'Rehearse Again'}).click();
    await expect.poll(() => rehearsal.asked).toEqual(['again']);
  });

  it.each([undefined, null, {}, {version: 0}])('%j is nothing to restore', saved => {
    expect(restoredView(saved)).toBeUndefined();
  });
});

it('another rehearsal takes the place of the first', async () => {
  const {rehearsal, page} = await show(endedView([failing]));
  rehearsal.replace(endedView([harmless]));
  await page.getByText('000014 index_notes passes').waitFor();
  expect(await page.locator('.step').count()).toBe(1);
});

it('opens what fails among many, and nothing else', async () => {
  const many = [harmless, harmless, harmless, failing];
  const {page} = await show(endedView(many));
  expect(await page.locator('.disclosure[aria-expanded=true]').count()).toBe(1);
  await page.keyboard.press('Tab');
  for (let stop = 0; stop < 8; stop += 1) {
    const label = await page.evaluate(() => document.activeElement?.className);
    if (label === 'disclosure') break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  expect(await page.locator('.disclosure[aria-expanded=true]').count()).toBe(2);
});

it('says of a file without statements that nothing would run', async () => {
  const empty = {...harmless, step: passing(harmless.model.migration)};
  const {page} = await show(endedView([empty]));
  await page.getByText('The file has no statement. Nothing would run.').waitFor();
});
