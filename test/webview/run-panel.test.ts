import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import type {PlanWarning} from '../../src/core/migrations/plan.ts';
import {fail, ok, type Failure} from '../../src/core/outcome.ts';
import {restoredHandlers} from '../../src/editor/panels/run-handlers.ts';
import {createHost} from '../../src/protocol/channel.ts';
import {runContract, RunView} from '../../src/protocol/run-panel.ts';
import {restoredView} from '../../src/protocol/run-state.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {DirectedRun, type RunSettings} from './run-rig.ts';
import {themes} from './themes.ts';

const [light] = themes;
if (light === undefined) throw new Error('no theme');
const theme = light;

let rig: PageRig;
const opened: OpenPage[] = [];

beforeAll(async () => {
  rig = await PageRig.start('run');
});
afterAll(() => rig.stop());

/** Whatever a test did: the page has broken no policy, warned of nothing and asked for nothing but its own files. */
afterEach(async () => {
  for (const one of opened.splice(0)) {
    const {page, problems, requested} = one;
    const foreign = requested.filter(path => !['/run', '/run.css', '/run.js'].includes(path));
    await page.evaluate(() => 0);
    await one.close();
    expect({problems, foreign}).toEqual({problems: [], foreign: []});
  }
});

async function show(settings: RunSettings = {}): Promise<{run: DirectedRun; page: OpenPage['page']}> {
  const run = new DirectedRun(settings);
  return {run, page: await open(run.connect)};
}

async function open(connect: DirectedRun['connect']): Promise<OpenPage['page']> {
  const one = await rig.open('run', theme, connect);
  opened.push(one);
  await one.page.locator('h1').waitFor();
  return one.page;
}

type Page = OpenPage['page'];

const heading = (page: Page): Promise<string> => page.locator('h1').innerText();

/** The name of what has the focus, inside the toolkit's controls as well. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const host = document.activeElement;
    const inner = host?.shadowRoot?.activeElement;
    return inner?.getAttribute('aria-label') ?? host?.getAttribute('aria-label') ?? host?.textContent ?? '';
  });
}

async function tabStops(page: Page, count: number): Promise<readonly string[]> {
  const stops: string[] = [];
  for (let stop = 0; stop < count; stop++) {
    await page.keyboard.press('Tab');
    stops.push(await focused(page));
  }
  return stops;
}

describe('the confirmation', () => {
  it('runs on Enter in development', async () => {
    const {run, page} = await show();
    expect(await focused(page)).toBe('Apply 3 Migrations');
    await page.keyboard.press('Enter');
    await page.getByText('Applying 3 migrations to shop development').waitFor();
    expect(run.session.running).toBe(true);
    // A second Enter must not reach the button that cancels.
    expect(await focused(page)).toBe('Applying 3 migrations to shop development');
  });

  it('has the target in the button in staging, and does nothing on Enter alone', async () => {
    const {run, page} = await show({environment: 'staging'});
    await page.keyboard.press('Enter');
    expect(run.session.running).toBe(false);
    await page.getByRole('button', {name: 'Apply to shop staging'}).click();
    await page.getByText('Applying 3 migrations').waitFor();
    expect(run.session.running).toBe(true);
  });

  it.each(['', 'shop', 'Shop production', 'shop production ', 'shop  production', 'shop productio'])(
    'does not run in production with the name %j',
    async name => {
      const {run, page} = await show({environment: 'production'});
      expect(await focused(page)).toBe('Name of the connection');
      await page.keyboard.type(name);
      await page.keyboard.press('Enter');
      await expect.poll(() => page.getByRole('button', {name: 'Apply 3 Migrations'}).isDisabled()).toBe(true);
      expect(run.session.running).toBe(false);
    },
  );

  it('runs in production once the name is typed exactly', async () => {
    const {run, page} = await show({environment: 'production'});
    await page.keyboard.type('shop production');
    await expect.poll(() => page.getByRole('button', {name: 'Apply 3 Migrations'}).isEnabled()).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByText('Applying 3 migrations').waitFor();
    expect(run.session.running).toBe(true);
  });

  it('tells screen readers what the name is for', async () => {
    const {page} = await show({environment: 'production'});
    const session = await page.context().newCDPSession(page);
    await session.send('Accessibility.enable');
    const {nodes} = await session.send('Accessibility.getFullAXTree');
    const field = nodes.find(({role}) => role?.value === 'textbox');
    expect(field?.name?.value).toBe('Name of the connection');
    expect(field?.description?.value).toBe(
      'The button “Apply 3 Migrations” stays disabled until this is exactly shop production.',
    );
  });

  it('offers no run on a read-only connection', async () => {
    const {run, page} = await show({readOnly: true});
    await expect.poll(() => page.getByRole('button', {name: 'Apply 3 Migrations'}).isDisabled()).toBe(true);
    await page.getByText('This connection is read-only').waitFor();
    expect(run.session.running).toBe(false);
  });

  it.each([
    ['Show SQL', 'showAllSql'],
    ['Cancel', 'close'],
  ])('asks the host on %s', async (name, asked) => {
    const {run, page} = await show();
    await page.getByRole('button', {name, exact: true}).click();
    await expect.poll(() => run.asked).toEqual([asked]);
  });
});

describe('the keyboard', () => {
  it('goes from the warnings to one file, its editor and the buttons', async () => {
    const warnings = (): PlanWarning[] => [{kind: 'empty-file', step: 1}];
    const {page} = await show({environment: 'staging', warnings});
    expect(await tabStops(page, 6)).toEqual([
      '000013',
      '000012add_orders_status',
      'Open 000012_add_orders_status.up.sql',
      'Apply to shop staging',
      'Show SQL',
      'Cancel',
    ]);
  });

  it('moves between files, opens their SQL and leads to the editor', async () => {
    const {run, page} = await show();
    await page.locator('.disclosure').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.getByText('ALTER TABLE orders ADD COLUMN status text;').waitFor();
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('pre').isVisible()).toBe(false);
    await page.keyboard.press('End');
    expect(await focused(page)).toBe('000014index_orders_on_customer');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const file = '/work/shop/db/migrations/000014_index_orders_on_customer.up.sql';
    await expect.poll(() => run.asked).toEqual(['sql 1', `open ${file}`]);
  });

  it('goes from the summary of warnings to the row', async () => {
    const warnings = (): PlanWarning[] => [{kind: 'concurrently-with-others', step: 2}];
    const {page} = await show({warnings});
    await page.getByRole('button', {name: '000014', exact: true}).click();
    expect(await focused(page)).toBe('000014index_orders_on_customer');
  });
});

describe('the run', () => {
  it('shows the state of each file and how far it is', async () => {
    const {run, page} = await show();
    run.session.start(null);
    run.start(0);
    run.finish(0, 87);
    run.start(1);
    await page.getByText('1 of 3', {exact: true}).waitFor();
    const states = page.locator('.mark svg');
    await expect
      .poll(() => states.evaluateAll(all => all.map(one => one.getAttribute('aria-label'))))
      .toEqual(['Done', 'Running', 'Waiting']);
    expect(await page.locator('.meta').first().innerText()).toBe('87 ms');
    expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('1');
    await expect
      .poll(() => page.getByRole('status').textContent())
      .toBe('Running 2 of 3: 000013 backfill_order_totals');
  });

  it('cancels through the host, once', async () => {
    const {run, page} = await show();
    run.session.start(null);
    run.start(0);
    await page.getByRole('button', {name: 'Cancel Run'}).click();
    await page.getByRole('button', {name: 'Cancelling…'}).waitFor();
    expect(run.signal?.aborted).toBe(true);
    const [step] = run.plan.steps;
    if (!step) throw new Error('no step');
    const {failure} = fail('cancelled', 'The run was cancelled.');
    const words = 'The database is at 000011.';
    const position = {kind: 'at', id: '11'} as const;
    run.end(ok({done: [], stopped: {step, failure}, milliseconds: 40, position, words}));
    await page.getByText(words).waitFor();
    expect(await heading(page)).toBe('Cancelled in 000012 add_orders_status');
    expect(await page.getByRole('button', {name: 'Repair…'}).count()).toBe(0);
  });

  it('names who holds the lock', async () => {
    const {run, page} = await show();
    run.session.start(null);
    const holder = {
      pid: 4711,
      user: 'deploy',
      applicationName: 'migrate',
      clientAddress: '10.1.2.3',
      ageSeconds: 64,
    };
    run.event({kind: 'waiting-for-lock', holder});
    const text = page.locator('.holder');
    await text.waitFor();
    expect(await text.innerText()).toMatch(
      /^pid 4711 · user deploy · application migrate · from 10\.1\.2\.3 · for 1 min 0[45] s$/,
    );
    run.start(0);
    await text.waitFor({state: 'hidden'});
  });

  it('keeps what the server said', async () => {
    const {run, page} = await show();
    run.session.start(null);
    run.start(0);
    run.event({kind: 'notice', message: 'relation "orders" already exists, skipping'});
    await page.getByText('Messages from the server (1)').click();
    await page.getByText('relation "orders" already exists, skipping').waitFor();
  });

  it('goes on when the page is loaded again', async () => {
    const {run, page} = await show();
    run.session.start(null);
    run.start(0);
    run.finish(0, 87);
    await page.reload();
    await page.getByText('1 of 3', {exact: true}).waitFor();
    run.succeed();
    await page.getByText('The database is at 000014.').waitFor();
    expect(await heading(page)).toBe('3 migrations applied in 412 ms');
  });
});

describe('a failure', () => {
  const failure: Failure = {
    reason: 'sql',
    message: 'column "totl" does not exist',
    server: {
      sqlState: '42703',
      severity: 'ERROR',
      message: 'column "totl" does not exist',
      detail: 'There is a column named "total".',
      hint: 'Perhaps you meant to reference the column "orders.total".',
    },
  };

  async function failed(): Promise<Awaited<ReturnType<typeof show>>> {
    const shown = await show();
    const [first, second] = shown.run.plan.steps;
    if (!first || !second?.path) throw new Error('no steps');
    const at = {path: second.path, start: {line: 6, column: 12}, end: {line: 6, column: 16}};
    shown.run.session.start(null);
    shown.run.end(
      ok({
        done: [{step: first, milliseconds: 87}],
        stopped: {step: second, failure, at},
        milliseconds: 131,
        position: {kind: 'failed', id: '13'},
        words: 'The database is marked as failed at 000013.',
      }),
    );
    await shown.page.getByText('The database now').waitFor();
    return shown;
  }

  it.each([
    '000013 backfill_order_totals failed',
    '1 of 3 migrations was applied. Stopped after 131 ms.',
    'column "totl" does not exist',
    'There is a column named "total".',
    'Perhaps you meant to reference the column "orders.total".',
    'SQLSTATE 42703',
    '000013_backfill_order_totals.up.sql:7:13',
    'The database is marked as failed at 000013.',
  ])('says: %s', async text => {
    const {page} = await failed();
    expect(await page.getByText(text, {exact: true}).count()).toBe(1);
  });

  it.each([
    [
      '000013_backfill_order_totals.up.sql:7:13',
      'open /work/shop/db/migrations/000013_backfill_order_totals.up.sql:6:12',
    ],
    ['Open File', 'open /work/shop/db/migrations/000013_backfill_order_totals.up.sql:6:12'],
    ['Repair…', 'repair'],
    ['Plan Again', 'again'],
    ['Close', 'close'],
  ])('leads on through %s', async (name, asked) => {
    const {run, page} = await failed();
    await page.getByRole('button', {name, exact: true}).click();
    await expect.poll(() => run.asked).toEqual([asked]);
  });

  it('says that nothing was begun', async () => {
    const {run, page} = await show();
    run.session.start(null);
    run.end(fail('locked', 'Another runner holds the lock.', {advice: 'Wait for it, or end its session.'}));
    await page.getByText('Wait for it, or end its session.').waitFor();
    expect(await heading(page)).toBe('Nothing was begun');
    expect(await page.getByRole('button', {name: 'Open Setting'}).count()).toBe(0);
  });

  it('leads to the setting that would help', async () => {
    const {run, page} = await show();
    run.session.start(null);
    run.end(fail('unsupported', 'There is no such Python.', {setting: 'alembic.python'}));
    await page.getByRole('button', {name: 'Open Setting', exact: true}).click();
    await expect.poll(() => run.asked).toEqual(['setting alembic.python']);
  });
});

function savedPhase(saved: unknown): string | undefined {
  return RunView.safeParse(saved).data?.phase.kind;
}

describe('after a restart of the editor', () => {
  async function restored(act: (run: DirectedRun) => void, forget = false): Promise<Page> {
    const {run, page} = await show();
    act(run);
    const savedState = (): Promise<unknown> =>
      page.evaluate((): unknown => Reflect.get(window, 'savedState'));
    await expect.poll(async () => savedPhase(await savedState()) === run.session.view.phase.kind).toBe(true);
    const saved = await savedState();
    const view = restoredView(forget ? undefined : saved);
    return open(
      port =>
        void createHost(
          runContract,
          restoredHandlers(view, () => {}),
          port,
          () => {},
        ),
    );
  }

  it('shows a report again, with nothing to press but Close', async () => {
    const page = await restored(run => {
      run.session.start(null);
      run.succeed();
    });
    expect(await heading(page)).toBe('3 migrations applied in 412 ms');
    expect(await page.locator('vscode-button').allInnerTexts()).toEqual(['Close']);
    expect(await page.locator('.open').count()).toBe(0);
    await page.locator('.disclosure').first().click();
    await page.getByText('The SQL was not kept over the restart of the editor.').waitFor();
  });

  it.each([
    ['a plan', () => {}, false, 'This plan is out of date'],
    [
      'a run',
      (run: DirectedRun) => void run.session.start(null),
      false,
      'How this run ended is not known here',
    ],
    ['nothing kept', () => {}, true, 'There is nothing to show any more'],
  ] as const)('is honest about %s', async (_, act, forget, title) => {
    const page = await restored(act, forget);
    expect(await heading(page)).toBe(title);
    expect(await page.getByRole('button', {name: 'Apply'}).count()).toBe(0);
  });
});

it('shows names and messages as they are, never as markup', async () => {
  const evil = '<img src=/evil onerror="document.title=1"><b>x</b>';
  const {run, page} = await show({
    connection: evil,
    titles: [evil],
    sql: `SELECT '${evil}'; </pre><script>1</script>`,
  });
  await page.locator('.disclosure').first().click();
  await page.locator('pre').waitFor();
  expect(await heading(page)).toBe(`Apply 1 migration to ${evil}`);
  run.session.start(null);
  run.start(0);
  run.event({kind: 'notice', message: evil});
  run.end(fail('sql', evil, {advice: evil}));
  await page.getByText('Nothing was begun').waitFor();
  expect(await page.locator('img, b, script:not([src])').count()).toBe(0);
  expect(await page.locator('.message').innerText()).toBe(evil);
});

describe('a thousand files', () => {
  const titles = Array.from({length: 1000}, (_, index) => `step_${index}`);

  it('are shown at once and keep the page light', async () => {
    const {page} = await show({titles});
    const elements = await page.evaluate(() => document.querySelectorAll('*').length);
    expect(await page.locator('.step').count()).toBe(1000);
    // Thirteen a row, and the page around them.
    expect(elements).toBeLessThan(13_200);
    const box = await page.getByRole('button', {name: 'Apply 1,000 Migrations'}).boundingBox();
    expect(box?.y).toBeLessThan(720);
  });

  it('run through to the end, and the list follows', async () => {
    const {run, page} = await show({titles});
    run.session.start(null);
    for (let index = 0; index < 999; index++) {
      run.start(index);
      run.finish(index, 1);
    }
    run.start(999);
    await page.getByText('999 of 1,000', {exact: true}).waitFor();
    await expect.poll(async () => (await page.locator('.step').last().boundingBox())?.y).toBeLessThan(720);
    run.finish(999, 1);
    run.succeed('The database is at 001011.');
    await page.getByText('The database is at 001011.').waitFor();
    expect(await heading(page)).toBe('1,000 migrations applied in 1 min 40 s');
  });
});
