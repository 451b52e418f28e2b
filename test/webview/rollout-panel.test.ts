import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {PageRig, type OpenPage} from './page-rig.ts';
import {DirectedRollout, failedAt, type RolloutSettings} from './rollout-rig.ts';
import {themes} from './themes.ts';

const [light] = themes;
if (light === undefined) throw new Error('no theme');
const theme = light;

let rig: PageRig;
const opened: OpenPage[] = [];

beforeAll(async () => {
  rig = await PageRig.start('rollout');
});
afterAll(() => rig.stop());

/** Whatever a test did: the page has broken no policy, warned of nothing and asked for nothing but its own files. */
afterEach(async () => {
  for (const one of opened.splice(0)) {
    const {page, problems, requested} = one;
    const foreign = requested.filter(path => !['/rollout', '/rollout.css', '/rollout.js'].includes(path));
    await page.evaluate(() => 0);
    await one.close();
    expect({problems, foreign}).toEqual({problems: [], foreign: []});
  }
});

type Page = OpenPage['page'];

const three = [{name: 'a'}, {name: 'b'}, {name: 'c'}];

async function show(settings: Partial<RolloutSettings> = {}): Promise<{run: DirectedRollout; page: Page}> {
  const run = new DirectedRollout({targets: three, ...settings});
  await run.session.plan();
  const one = await rig.open('rollout', theme, run.connect);
  opened.push(one);
  await one.page.locator('h1').waitFor();
  return {run, page: one.page};
}

const says = (page: Page, heading: string): Promise<void> => page.locator('h1', {hasText: heading}).waitFor();
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', {name, exact: true}).click();
const running = (run: DirectedRollout, ...names: readonly string[]): Promise<void> =>
  expect.poll(() => [...run.running]).toEqual(names);

async function states(page: Page): Promise<readonly string[]> {
  return page.locator('[data-column="state"] .state').allInnerTexts();
}

/** The name of what has the focus, inside the toolkit's controls as well. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const host = document.activeElement;
    const inner = host?.shadowRoot?.activeElement;
    return inner?.getAttribute('aria-label') ?? host?.getAttribute('aria-label') ?? host?.textContent ?? '';
  });
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', {name: label}).click();
  await page.getByRole('option', {name: option, exact: true}).click();
}

describe('the confirmation', () => {
  it('starts on Enter in development', async () => {
    const {run, page} = await show();
    expect(await focused(page)).toBe('Apply to 3 Databases');
    await page.keyboard.press('Enter');
    await says(page, 'Applying to 3 databases');
    await running(run, 'a');
  });

  it('names the group in staging, and does nothing on Enter alone', async () => {
    const targets = [...three, {name: 's', environment: 'staging'} as const];
    const {run, page} = await show({targets, group: 'tenants'});
    await page.keyboard.press('Enter');
    expect(run.session.busy).toBe(false);
    await press(page, 'Apply to 4 databases of tenants');
    await running(run, 'a');
  });

  const production = [...three, {name: 'p', environment: 'production'} as const];

  it.each([
    ['a group', {targets: production, group: 'tenants'}, 'tenants', ['', 'tenant', 'Tenants', '4 databases']],
    ['a number', {targets: production}, '4 databases', ['4', '3 databases', '4 databases ']],
  ])('asks for the name of %s as soon as one is production', async (_, settings, name, wrong) => {
    const {run, page} = await show(settings);
    expect(await focused(page)).toBe('Name to confirm');
    for (const text of wrong) {
      await page.getByRole('textbox', {name: 'Name to confirm'}).fill(text);
      await page.keyboard.press('Enter');
      expect(await page.getByRole('button', {name: /^Apply to 4/}).isDisabled(), text).toBe(true);
    }
    expect(run.session.start('wrong')).toBe('name-differs');
    expect(run.session.busy).toBe(false);
    await page.getByRole('textbox', {name: 'Name to confirm'}).fill(name);
    await page.keyboard.press('Enter');
    await running(run, 'a');
  });

  it('asks for no name where production has nothing to do', async () => {
    const targets = [...three, {name: 'p', environment: 'production', pending: 0} as const];
    const {page} = await show({targets});
    expect(await focused(page)).toBe('Apply to 3 Databases');
  });

  it('begins nothing as long as a target is refused, and goes without it once it is left out', async () => {
    const {run, page} = await show({targets: [...three, {name: 'r', refused: 'It is read-only.'}]});
    await page.getByText('1 target cannot be migrated').waitFor();
    expect(await page.getByText('r: It is read-only.').count()).toBe(1);
    expect(await page.getByRole('button', {name: 'Apply to 3 Databases'}).isDisabled()).toBe(true);
    expect(run.session.start(null)).toBe('not-ready');
    await press(page, 'Leave Out');
    await expect.poll(() => focused(page)).toBe('Apply to 3 Databases');
    await page.keyboard.press('Enter');
    await running(run, 'a');
    expect(run.session.view.targets.map(({name}) => name)).toEqual(['a', 'b', 'c']);
  });

  it('says so when there is nothing to do', async () => {
    const {page} = await show({targets: [{name: 'a', pending: 0}]});
    await says(page, 'The database is up to date');
    expect(await page.locator('vscode-button').allInnerTexts()).toEqual(['Copy as Markdown', 'Close']);
  });
});

describe('the canary', () => {
  it('is the first where least is lost', async () => {
    const targets = [{name: 'p', environment: 'production'} as const, ...three];
    const {run} = await show({targets});
    expect(run.session.view.choice.canary).toBe('a');
  });

  it('runs alone, then asks; the others go on with as many at a time as chosen', async () => {
    const {run, page} = await show();
    await choose(page, 'Canary', 'b');
    await choose(page, 'At the same time', '8');
    await expect.poll(() => run.session.view.choice).toEqual({canary: 'b', limit: 8});
    await press(page, 'Apply to 3 Databases');
    await running(run, 'b');
    run.end('b');
    await says(page, 'The canary is well');
    expect(await focused(page)).toBe('The canary is well');
    expect(run.running).toEqual([]);
    await press(page, 'Go On with the Other 2');
    await running(run, 'a', 'c');
    run.end('a');
    run.end('c');
    await says(page, 'All 3 databases are up to date');
    await expect.poll(() => states(page)).toEqual(['done in 1.2 s', 'done in 1.2 s', 'done in 1.2 s']);
  });

  it.each(['1', '2', '4', '8', '16'])('leaves it to the pointer to have %s at a time', async limit => {
    const {run, page} = await show({limit: 3});
    await choose(page, 'At the same time', limit);
    await expect.poll(() => run.session.view.choice.limit).toBe(Number(limit));
  });

  it('is left out when none is wanted', async () => {
    const {run, page} = await show();
    await choose(page, 'Canary', 'None');
    await expect.poll(() => run.session.view.choice.canary).toBe(null);
    await press(page, 'Apply to 3 Databases');
    await running(run, 'a', 'b');
  });

  it('leaves the others alone when the user stops there, and goes on with them on resume', async () => {
    const {run, page} = await show();
    await press(page, 'Apply to 3 Databases');
    await running(run, 'a');
    run.end('a');
    await press(page, 'Stop Here');
    await says(page, 'Stopped by you');
    await expect.poll(() => states(page)).toEqual(['done in 1.2 s', 'not begun', 'not begun']);
    await press(page, 'Resume…');
    await press(page, 'Apply to 2 Databases');
    await running(run, 'b', 'c');
    await expect.poll(() => states(page)).toEqual(['done in 1.2 s', 'connecting', 'connecting']);
  });
});

describe('the rollout', () => {
  async function begun(settings: Partial<RolloutSettings> = {}): Promise<{run: DirectedRollout; page: Page}> {
    const shown = await show(settings);
    shown.run.session.choose({canary: null, limit: 2});
    shown.run.session.start(null);
    await running(shown.run, 'a', 'b');
    return shown;
  }

  it('shows the state of each target', async () => {
    const {run, page} = await begun();
    run.progress('a', 2, 5);
    await expect.poll(() => states(page)).toEqual(['running 3 of 5', 'connecting', 'waiting']);
    run.end('b');
    await expect.poll(() => states(page)).toEqual(['running 3 of 5', 'done in 1.2 s', 'connecting']);
    expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('1');
    await expect
      .poll(() => page.locator('div.for-screen-readers').textContent())
      .toBe('1 of 3 databases done');
  });

  it('starts no further one on Stop, and cancels those that run when it is pressed again', async () => {
    const {run, page} = await begun();
    await press(page, 'Stop');
    await press(page, 'Cancel the Running Ones');
    await expect.poll(() => [...run.cancelled]).toEqual(['a', 'b']);
    await page.getByRole('button', {name: 'Cancelling…'}).first().waitFor();
    run.end('a', {
      kind: 'failed',
      failure: {reason: 'cancelled', message: 'It was cancelled.'},
      steps: 1,
      marked: false,
    });
    run.end('b');
    await says(page, 'Cancelled');
    await expect
      .poll(() => states(page))
      .toEqual(['cancelled: It was cancelled.', 'done in 1.2 s', 'not begun']);
  });

  it('lets those that run go on to their end on one Stop', async () => {
    const {run, page} = await begun();
    await press(page, 'Stop');
    await page.getByText('No further one is started').waitFor();
    run.end('a');
    run.end('b');
    await says(page, 'Stopped by you');
    expect([...run.cancelled]).toEqual([]);
    expect(run.running).toEqual([]);
  });

  it('stops on the first failure, tells where, and leads on from there', async () => {
    const {run, page} = await begun({targets: [...three, {name: 'd'}]});
    run.failing('a');
    await page.getByText('The database now').waitFor();
    run.end('b');
    await says(page, 'a failed');
    await expect
      .poll(() => states(page))
      .toEqual([
        'failed in 000014_index_orders.up.sql:7:13: column "customer_idd" does not exist',
        'done in 1.2 s',
        'not begun',
        'not begun',
      ]);
    await press(page, '000014_index_orders.up.sql:7:13');
    await press(page, 'Repair…');
    await expect.poll(() => run.asked).toEqual([`open ${failedAt.path}:6`, 'repair a']);
    await press(page, 'Resume…');
    await press(page, 'Apply to 3 Databases');
    await running(run, 'a', 'c');
  });

  it('plans again once a failed one is repaired, and not where the user left', async () => {
    const {run, page} = await begun();
    run.failing('a');
    run.end('b');
    await says(page, 'a failed');
    await press(page, 'Repair…');
    await expect.poll(() => run.asked).toEqual(['repair a']);
    expect(run.session.view.phase.kind).toBe('ended');
    run.repairs = true;
    await press(page, 'Repair…');
    await says(page, 'Apply to 2 databases');
    expect(run.asked).toEqual(['repair a', 'repair a', 'reveal']);
  });

  it('opens the failed file with Enter on its row', async () => {
    const {run, page} = await begun();
    run.failing('b');
    run.end('a');
    await says(page, 'b failed');
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => run.asked).toEqual([`open ${failedAt.path}:6`]);
  });

  it('copies the table as Markdown', async () => {
    const {run, page} = await begun({targets: [...three, {name: 'd|x', pending: 0}]});
    await press(page, 'Copy as Markdown');
    await expect.poll(() => run.asked.length).toBe(1);
    expect(run.asked[0]).toMatch(
      /\| b +\| development +\| app@db\.example\.com:5432\/b +\| 000011 → 000014 +\| 3 /,
    );
    expect(run.asked[0]).toMatch(/\| d\\\|x +\|.*\| 000014 +\| 0 +\| nothing to do +\|\n$/);
  });

  it('goes on when the page is loaded again', async () => {
    const {run, page} = await begun();
    run.end('a');
    await page.reload();
    await expect.poll(() => states(page)).toEqual(['done in 1.2 s', 'connecting', 'connecting']);
  });
});

it('shows names and messages as they are, never as markup', async () => {
  const evil = '<img src=/evil onerror="document.title=1"><b>x</b>';
  const {page} = await show({targets: [{name: evil, refused: evil}], group: evil});
  await page.getByText('1 target cannot be migrated').waitFor();
  expect(await page.locator('img, b, script:not([src])').count()).toBe(0);
});

it('shows hundreds of targets with few of them in the document', async () => {
  const targets = Array.from({length: 500}, (_, index) => ({name: `tenant_${index}`}));
  const {run, page} = await show({targets});
  await says(page, 'Apply to 500 databases');
  expect(await page.locator('.grid-row').count()).toBeLessThan(80);
  run.session.choose({canary: null, limit: 16});
  run.session.start(null);
  await expect.poll(() => run.running.length).toBe(16);
});
