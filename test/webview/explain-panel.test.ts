import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {largePlan} from '../rig/large-plan.ts';
import {DirectedPlan, historyEntry, planText, shownId, words, type PlanSettings} from './explain-rig.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {themes} from './themes.ts';

const [light] = themes;
if (light === undefined) throw new Error('no theme');
const theme = light;

let rig: PageRig;
const opened: (OpenPage & {readonly plan: DirectedPlan})[] = [];

beforeAll(async () => {
  rig = await PageRig.start('explain');
});
afterAll(() => rig.stop());

/** Whatever a test did: the page has broken no policy, warned of nothing and asked for nothing but its own files. */
afterEach(async () => {
  for (const one of opened.splice(0)) {
    const {page, problems, requested, plan} = one;
    const foreign = requested.filter(path => !['/explain', '/explain.css', '/explain.js'].includes(path));
    await page.evaluate(() => 0);
    await one.close();
    const {channelProblems} = plan;
    expect({problems, foreign, channelProblems}).toEqual({problems: [], foreign: [], channelProblems: []});
  }
});

type Page = OpenPage['page'];

async function show(settings: PlanSettings = {}): Promise<{plan: DirectedPlan; page: Page}> {
  const plan = new DirectedPlan(settings);
  const one = await rig.open('explain', theme, plan.connect);
  opened.push({...one, plan});
  await one.page.setViewportSize({width: 1360, height: 820});
  await one.page.locator('.workspace, .situation').waitFor();
  return {plan, page: one.page};
}

/** The table with the keyboard in it. */
async function tableOf(page: Page): Promise<ReturnType<Page['getByRole']>> {
  await page.keyboard.press('3');
  const grid = page.getByRole('treegrid');
  await grid.locator('.row').first().waitFor();
  return grid;
}

const titles = (page: Page): Promise<readonly string[]> =>
  page
    .locator('.grid .row')
    .evaluateAll(rows =>
      rows
        .toSorted((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
        .map(row => row.querySelector('.step')?.textContent ?? ''),
    );

const selectedRow = (page: Page): Promise<string | null> =>
  page.locator('.row[aria-selected=true]').getAttribute('aria-label');

const dataset = (page: Page): Promise<string | undefined> =>
  page
    .locator('.stage')
    .evaluate(stage => (stage instanceof HTMLElement ? stage.dataset['view'] : undefined));

const savedState = (page: Page): Promise<unknown> =>
  page.evaluate((): unknown => Reflect.get(window, 'savedState'));

describe('the header', () => {
  it('says what was explained, where, how, and how long it took', async () => {
    const {page} = await show({origin: {notes: ['The statement was inside EXPLAIN already.']}});
    const head = page.locator('header.head');
    for (const text of [
      '1.27 s execution',
      '0.458 ms planning',
      'shop staging',
      'Staging',
      'app@db.example.com:5432/shop',
      'PostgreSQL 18.4',
      'Explain Analyze, read-only transaction',
      '$1 text = disputed',
      'work_mem = 1MB',
      'The statement was inside EXPLAIN already.',
    ])
      await head.getByText(text).first().waitFor();
  });

  it.each([
    [
      'orders-report-estimated-18',
      {mode: 'explain', guard: null} as const,
      ['15,364 cost, estimated', 'Explain'],
    ],
    ['orders-report-18', {mode: 'analyze', guard: 'rolled-back'} as const, ['Explain Analyze, rolled back']],
    ['orders-report-18', {mode: 'opened', guard: null, connection: null} as const, ['Opened plan']],
  ])('tells how %s came to be', async (name, origin, texts) => {
    const {page} = await show({text: planText(name), origin});
    for (const text of texts) await page.locator('header.head').getByText(text).first().waitFor();
  });

  it('opens the statement', async () => {
    const {page, plan} = await show();
    await page.locator('.statement button').click();
    await expect.poll(() => plan.askedFor('openStatement')).toHaveLength(1);
  });
});

describe('in little room', () => {
  /** Rows in which the parts of the toolbar stand. */
  const rows = (page: Page): Promise<number> =>
    page.locator('.toolbar').evaluate(bar => {
      const middles = [...bar.children].flatMap(part => {
        const {top, height} = part.getBoundingClientRect();
        return part.className === 'gap' ? [] : [Math.round((top + height / 2) / 16)];
      });
      return new Set(middles).size;
    });

  it.each([
    [460, 2],
    [550, 2],
    [700, 1],
    [1000, 1],
  ])('has at %i px a toolbar of %i, and nothing beside the page', async (width, count) => {
    const {page} = await show({environment: 'production'});
    await page.setViewportSize({width, height: 820});
    await page.keyboard.press('/');
    await page.keyboard.type('nested loop');
    await page.getByText('4 found').waitFor();
    expect(await rows(page)).toBe(count);
    for (const name of ['Run again', 'Compare', 'What if…', 'Export', 'Next match'])
      expect(await page.getByRole('button', {name, exact: true}).getAttribute('title')).not.toBe(null);
    const outside = await page
      .locator('.toolbar, .head')
      .evaluateAll(bars => bars.flatMap(bar => (bar.scrollWidth > bar.clientWidth ? [bar.className] : [])));
    expect(outside).toEqual([]);
  });

  it('opens the line that holds the rest', async () => {
    const {page} = await show();
    await page.setViewportSize({width: 550, height: 820});
    const line = page.locator('.about-text');
    const height = (): Promise<number> => line.evaluate(({clientHeight}) => clientHeight);
    const before = await height();
    expect(await line.getAttribute('title')).toContain('work_mem = 1MB');
    const more = page.getByRole('button', {name: 'How it was made'});
    await more.click();
    expect(await more.getAttribute('aria-expanded')).toBe('true');
    expect(await height()).toBeGreaterThan(before);
    await more.click();
    expect(await height()).toBe(before);
  });
});

describe('the views', () => {
  it('changes with the number keys and with the arrow keys of the tabs', async () => {
    const {page} = await show();
    const seen: unknown[] = [];
    for (const key of ['2', '3', '4', '5', '1']) {
      await page.keyboard.press(key);
      seen.push(await dataset(page));
    }
    expect(seen).toEqual(['flame', 'table', 'raw', 'summary', 'graph']);
    await page.getByRole('tab', {name: 'Graph'}).focus();
    await page.keyboard.press('ArrowLeft');
    expect(await dataset(page)).toBe('summary');
    expect(await page.getByRole('tab', {name: 'Summary'}).getAttribute('aria-selected')).toBe('true');
  });

  it('keeps what was chosen, with the id of the plan', async () => {
    const {page} = await show();
    const grid = await tableOf(page);
    await grid.press('Home');
    await page.getByRole('tab', {name: 'Node'}).click();
    expect(await savedState(page)).toEqual({id: shownId, view: 'table', plan: 0, selected: 0, tab: 'node'});
  });

  it.each([
    [
      {id: shownId, view: 'table', colourBy: 'rows', tab: 'node', plan: 0, selected: 3, width: 400},
      'table',
      'Sort, 0.279 ms',
    ],
    [{id: 'another plan', view: 'table', selected: 3}, 'table', 'Seq Scan on payments'],
    [{id: shownId, view: 'no such view', colourBy: 7, selected: 99_999}, 'graph', ''],
    ['nonsense', 'graph', ''],
  ])('begins where the page was left, as %j says', async (state, view, row) => {
    const {page} = await show();
    await page.addInitScript(state => void Reflect.set(window, 'savedState', state), state);
    await page.reload();
    await page.locator('.stage[data-view]').waitFor();
    expect(await dataset(page)).toBe(view);
    if (row !== '') expect(await selectedRow(page)).toContain(row);
  });

  it('makes the details wider with the keyboard', async () => {
    const {page} = await show();
    const bar = page.getByRole('separator', {name: 'Width of the details'});
    await bar.press('ArrowLeft');
    expect(await bar.getAttribute('aria-valuenow')).toBe('364');
    expect(await page.locator('.details').evaluate(({clientWidth}) => clientWidth)).toBe(364);
    expect(await savedState(page)).toMatchObject({width: 364});
  });

  it('does not change while one types', async () => {
    const {page} = await show();
    await page.keyboard.press('/');
    await page.keyboard.type('3');
    expect(await dataset(page)).toBe('graph');
  });

  it.each(themes.map(theme => [theme.name, theme] as const))('can be used in %s', async (_, theme) => {
    const plan = new DirectedPlan();
    const one = await rig.open('explain', theme, plan.connect);
    opened.push({...one, plan});
    await one.page.locator('.workspace').waitFor();
    for (const key of ['1', '2', '3', '4', '5']) await one.page.keyboard.press(key);
  });
});

describe('the statement', () => {
  it('is marked again by a click on the node that is selected, or by Enter', async () => {
    const {page, plan} = await show();
    const marked = (): number => plan.askedFor('highlight').length;
    const selected = page.locator('.view [aria-selected=true]');
    let times = 0;
    for (const key of ['1', '2', '3']) {
      await page.keyboard.press(key);
      await selected.click();
      await expect.poll(marked).toBe(++times);
      await page.keyboard.press('Enter');
      await expect.poll(marked).toBe(++times);
    }
    expect(new Set(plan.askedFor('highlight')).size).toBe(1);
  });
});

describe('the table', () => {
  it('begins with the tree, folds, and climbs', async () => {
    const {page} = await show();
    const grid = await tableOf(page);
    expect((await titles(page)).slice(0, 4)).toEqual(['Limit', 'Sort', 'GroupAggregate', 'Sort']);
    await grid.press('Home');
    expect(await selectedRow(page)).toContain('Limit, 0.004 ms self');
    await grid.press('ArrowRight');
    await grid.press('ArrowLeft');
    expect(await titles(page)).toEqual(['Limit', 'Sort']);
    await grid.press('ArrowRight');
    expect((await titles(page)).length).toBe(17);
    await grid.press('ArrowLeft');
    await grid.press('ArrowLeft');
    await grid.press('ArrowLeft');
    expect(await titles(page)).toEqual(['Limit']);
  });

  it('names a row with its numbers', async () => {
    const {page} = await show();
    const grid = await tableOf(page);
    await grid.press('End');
    expect(await selectedRow(page)).toBe(
      'Seq Scan on payments, 1.19 s self, 94 % of the time, 78 rows, estimate exact',
    );
    const active = await grid.getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active ?? 'none'}`).getAttribute('aria-selected')).toBe('true');
  });

  it('sorts flat by a column, both ways, and goes back to the tree', async () => {
    const {page} = await show();
    const grid = await tableOf(page);
    const head = page.getByRole('columnheader', {name: 'Self'});
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect((await titles(page)).slice(0, 3)).toEqual(['Seq Scan', 'Seq Scan', 'Hash Join']);
    expect(await grid.locator('[aria-expanded]').count()).toBe(0);
    await head.getByRole('button').click();
    expect((await titles(page)).at(-1)).toBe('Seq Scan');
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe(null);
    expect((await titles(page))[0]).toBe('Limit');
  });

  it('has columns only for what the plan tells', async () => {
    const {page} = await show({text: planText('orders-report-estimated-18')});
    await tableOf(page);
    expect(await page.locator('.grid-head .cell').allInnerTexts()).toEqual([
      'Node',
      'Cost',
      'Rows expected',
      'Width',
    ]);
  });

  it('opens the details with Enter', async () => {
    const {page} = await show();
    const grid = await tableOf(page);
    await grid.press('End');
    await grid.press('Enter');
    await page.locator('.node-head').getByText('Seq Scan').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('details');
  });
});

describe('the search', () => {
  it('counts, leads from match to match, and ends with Escape', async () => {
    const {page} = await show();
    await tableOf(page);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('nested loop');
    await page.getByText('4 found').waitFor();
    const seen: string[] = [];
    for (const key of ['Enter', 'Enter', 'Shift+Enter']) {
      await page.keyboard.press(key);
      seen.push(await page.locator('.search-count').innerText());
    }
    expect(seen).toEqual(['1 of 4', '2 of 4', '1 of 4']);
    expect(await page.locator('.row.found').count()).toBe(4);
    await page.keyboard.press('Escape');
    expect(await page.locator('.row.found').count()).toBe(0);
  });

  it('finds what is in conditions and in fields it does not know, and says when there is nothing', async () => {
    const text = planText('orders-report-18').replace(
      '"Node Type": "Limit",',
      '"Node Type": "Limit", "New Thing": "quokka",',
    );
    const {page} = await show({text});
    await page.keyboard.press('/');
    await page.keyboard.type('disputed');
    await page.getByText('1 found').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('quokka');
    await page.getByText('1 found').waitFor();
    await page.keyboard.type('x');
    await page.getByText('no match').waitFor();
  });
});

describe('the findings', () => {
  const noFacts = {facts: null, why: 'the connection is closed.'};
  const noTables = {serverVersion: 180_004, now: Date.now(), tables: [], foreignKeys: [], settings: {}};

  it.each([
    [{facts: noTables, why: null}, 'Checked against the catalog.'],
    [noFacts, 'Not checked against the catalog: the connection is closed.'],
    [{facts: {unlike: 'facts'}, why: null}, 'Not checked against the catalog: it did not answer.'],
  ])('says whether the catalog was asked', async (facts, text) => {
    const {page, plan} = await show({facts});
    await page.getByText(text).waitFor();
    expect(plan.askedFor('facts').join()).toContain('{"schema":"shop","name":"payments"}');
  });

  it('selects the node, marks its SQL, and does what is offered', async () => {
    const {page, plan} = await show();
    await tableOf(page);
    await page.getByRole('treegrid').press('Home');
    const finding = page.locator('[data-finding=seq-scan-discards]').first();
    expect(await finding.getAttribute('aria-expanded')).toBe('true');
    await finding.click();
    expect(await finding.getAttribute('aria-expanded')).toBe('false');
    expect(await selectedRow(page)).toContain('Seq Scan on payments');
    await expect.poll(() => plan.askedFor('highlight').at(-1)).toContain('"relation":"payments"');
    await finding.click();
    await page.getByRole('button', {name: 'Create migration'}).first().click();
    await expect.poll(() => plan.askedFor('act').at(-1)).toContain('CREATE INDEX');
    await page.getByRole('button', {name: 'Copy SQL'}).first().click();
    await page.getByText('SQL copied.').waitFor();
    expect(plan.askedFor('copy').at(-1)).toContain('CREATE INDEX');
  });

  it('offers nothing that needs a connection for an opened plan', async () => {
    const {page} = await show({origin: {mode: 'opened', connection: null, guard: null}});
    await page.locator('.finding').first().waitFor();
    for (const name of ['Create migration', 'Try the index', 'Run again', 'What if…', 'Show in SQL'])
      expect(await page.getByRole('button', {name}).count()).toBe(0);
    expect(await page.getByRole('button', {name: 'Copy SQL'}).count()).toBeGreaterThan(0);
  });
});

describe('the details of a node', () => {
  it('shows what is known of it, and every field as it was sent', async () => {
    const {page, plan} = await show({found: false});
    const grid = await tableOf(page);
    await grid.press('End');
    await grid.press('Enter');
    const pane = page.locator('.node-pane');
    for (const text of ['1.19 s (94 %)', '729 MB', '0.67, expected 1'])
      await pane.getByText(text).first().waitFor();
    await pane.getByText(/All \d+ fields/).click();
    await pane.getByText('Shared Dirtied Blocks').waitFor();
    await page.getByRole('button', {name: 'Show the table in the tree: payments'}).click();
    await page.getByText('It was not found in the tree.').waitFor();
    expect(plan.askedFor('reveal')).toEqual(['{"schema":"shop","relation":"payments","index":null}']);
  });

  it('shows each worker of a parallel plan', async () => {
    const {page} = await show({text: planText('parallel-report-18')});
    const grid = await tableOf(page);
    await grid.press('Home');
    for (let step = 0; step < 3; step++) await grid.press('ArrowDown');
    await grid.press('Enter');
    await page.getByText('Each worker').waitFor();
    expect(await page.locator('.node-part', {hasText: 'Each worker'}).locator('tbody tr').count()).toBe(2);
  });

  it('keeps unknown fields and nodes of unknown types', async () => {
    const text = JSON.stringify([
      {
        Plan: {
          'Node Type': 'Quantum Scan',
          'Total Cost': 5,
          'Startup Cost': 0,
          'Plan Rows': 1,
          'Plan Width': 4,
          'Entangled With': ['a', {deep: 'b'}],
        },
        'Moon Phase': 'waxing',
      },
    ]);
    const {page} = await show({text, origin: {mode: 'opened', connection: null, guard: null}});
    await page.getByRole('tab', {name: 'Node'}).click();
    await page.getByText(/All \d+ fields/).click();
    await page.getByText('Entangled With').waitFor();
    await page.locator('.node-pane').getByText('deep').waitFor();
    await page.locator('.node-pane').getByText('waxing').waitFor();
  });
});

describe('the raw view', () => {
  it('shows JSON and what came, and copies it as it is', async () => {
    const text =
      '[{"Plan": {"Node Type": "Result", "Actual Rows": 1.00, "Plan Rows": 1, "Total Cost": 0.01}}]';
    const {page, plan} = await show({text});
    await page.keyboard.press('4');
    await page.locator('.line', {hasText: '"Actual Rows": 1.00'}).waitFor();
    await page.getByRole('button', {name: 'As it came'}).click();
    await page.locator('.line', {hasText: '[{"Plan": {"Node Type": "Result"'}).waitFor();
    await page.getByRole('button', {name: 'Copy', exact: true}).click();
    await expect.poll(() => plan.askedFor('copy')).toEqual([JSON.stringify({content: text})]);
  });

  it('shows a plan in text as it came', async () => {
    const text = 'Seq Scan on orders  (cost=0.00..155.00 rows=10000 width=4)\n  Filter: (id > 5)\n';
    const {page} = await show({text, origin: {mode: 'opened', connection: null, guard: null}});
    await page.keyboard.press('4');
    await page.locator('.line', {hasText: 'Filter: (id > 5)'}).waitFor();
    await page.getByRole('button', {name: 'JSON'}).click();
    await page.locator('.line', {hasText: '"Node Type": "Seq Scan"'}).waitFor();
  });
});

describe('the search in the raw view', () => {
  it('counts and marks lines, scrolls from one to the next, and finds nodes again elsewhere', async () => {
    const {page} = await show();
    const lines = planText('orders-report-18').split('\n');
    const rows = lines.flatMap((line, index) => (line.includes('"Actual Rows"') ? [String(index + 1)] : []));
    await page.keyboard.press('4');
    await page.keyboard.press('/');
    await page.keyboard.type('actual rows');
    await page.getByText(`${rows.length} found`).waitFor();
    await page.locator('.line.found').first().waitFor();
    await page.getByRole('button', {name: 'As it came'}).click();
    await page.locator('.line.found').first().waitFor();
    await page.getByRole('search').locator('input').focus();
    const seen: (string | null)[] = [];
    for (const key of ['Enter', 'Enter', 'Shift+Enter', 'Shift+Enter']) {
      await page.keyboard.press(key);
      const current = page.locator('.line.current');
      expect(await current.getByText('"Actual Rows"').count()).toBe(1);
      seen.push(await current.locator('.line-number').textContent());
    }
    expect(seen).toEqual([rows[0], rows[1], rows[0], rows.at(-1)]);
    await page.getByText(`${rows.length} of ${rows.length}`).waitFor();
    await page.getByRole('tab', {name: 'Table'}).click();
    await page.getByText('no match').waitFor();
    await page.getByRole('tab', {name: 'Raw'}).click();
    await page.getByText(`${rows.length} found`).waitFor();
    await page.getByRole('search').locator('input').press('Escape');
    await expect.poll(() => page.locator('.line.found').count()).toBe(0);
  });
});

describe('the summary', () => {
  it('adds up to what the server says', async () => {
    const {page} = await show();
    await page.keyboard.press('5');
    const rows = await page
      .locator('.summary-part', {hasText: 'By kind of node'})
      .locator('tbody tr')
      .allInnerTexts();
    expect(rows[0]?.split(/\s+/).join(' ')).toContain('Seq Scan 4 1.24 s 98 %');
    const time = await page.locator('.summary-part', {hasText: 'Time'}).first().innerText();
    expect(time.replaceAll(/\s+/g, ' ')).toContain('Execution in all 1.27 s');
  });
});

describe('comparing', () => {
  const settings = {
    kept: {'plan-1': planText('orders-report-indexed-18')},
    history: [historyEntry({id: shownId, executionMs: 1270}), historyEntry({})],
  };

  it('lists the other runs, and shows both plans line by line', async () => {
    const {page} = await show(settings);
    await page.getByRole('button', {name: 'Compare', exact: true}).click();
    await page.getByText('another plan').waitFor();
    expect(await page.locator('.run-choose').count()).toBe(1);
    await page.locator('.run-choose').click();
    const table = page.getByRole('table', {name: 'Before and after'});
    await table.getByText('Index Scan → Seq Scan').first().waitFor();
    await page.getByText('slower').first().waitFor();
    expect(await page.locator('.totals thead th').allInnerTexts()).toContain('Planning');
    await page.getByRole('button', {name: 'Back to the plan'}).click();
    await page.getByRole('tab', {name: 'Graph'}).waitFor();
    expect(await table.count()).toBe(0);
  });

  it('forgets a run, and says when there is none', async () => {
    const {page, plan} = await show(settings);
    await page.getByRole('button', {name: 'Compare', exact: true}).click();
    await page.getByRole('button', {name: 'Forget this run'}).click();
    await expect.poll(() => plan.askedFor('forget')).toEqual(['{"id":"plan-1"}']);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
  });

  it('warns of a run that is slower than usual, and compares with the usual one', async () => {
    const {page, plan} = await show({
      ...settings,
      alert: {executionMs: 1270, usualMs: 2.29, runs: 14, compareWith: 'plan-1', planChanged: true},
    });
    const alert = page.locator('.alert');
    await alert.getByText('555 times as slow as usual').waitFor();
    await alert.getByText('The plan has changed.').waitFor();
    expect(plan.askedFor('keep')).toHaveLength(1);
    await alert.getByRole('button', {name: 'Compare'}).click();
    await page.getByRole('table', {name: 'Before and after'}).waitFor();
  });

  it('says so when the other plan is gone', async () => {
    const {page} = await show({history: [historyEntry({})]});
    await page.getByRole('button', {name: 'Compare', exact: true}).click();
    await page.locator('.run-choose').click();
    await page.getByText('The text of this plan is no longer kept.').waitFor();
  });
});

describe('what if', () => {
  it('begins with the finding’s index, shows both plans, and leads to a migration', async () => {
    const {page, plan} = await show({
      whatIf: {
        kind: 'plans',
        before: planText('orders-report-estimated-18'),
        after: planText('orders-report-indexed-18'),
        how: 'hypopg',
        notes: ['Planned by PostgreSQL 18.4.'],
        definition: 'CREATE INDEX payments_order_id_idx ON shop.payments USING btree (order_id)',
        bytes: 2_900_000,
      },
    });
    await page.getByRole('button', {name: 'Try the index'}).first().click();
    const area = page.locator('vscode-text-area textarea');
    expect(await area.inputValue()).toMatch(/^CREATE INDEX .*payments/);
    await area.press('Control+Enter');
    await page.getByRole('table', {name: 'Without and with the index'}).waitFor();
    for (const text of [
      'hypothetical index of HypoPG',
      'about 2.77 MB',
      'Planned by PostgreSQL 18.4.',
      '15,364',
    ])
      await page.getByText(text).first().waitFor();
    expect(await page.locator('.totals thead th').allInnerTexts()).toEqual(['', 'Cost']);
    await page.getByRole('button', {name: 'Create migration'}).click();
    await expect.poll(() => plan.askedFor('act').at(-1)).toContain('payments_order_id_idx');
  });

  it('begins with the selected node’s table, and shows why it was not planned', async () => {
    const {page, plan} = await show();
    await page.getByRole('button', {name: 'What if…'}).click();
    expect(await page.locator('vscode-text-area textarea').inputValue()).toBe(
      'CREATE INDEX ON shop.payments ()',
    );
    await page.getByRole('button', {name: 'Plan with the index'}).click();
    await page.getByText('The index cannot be planned.').waitFor();
    await page.getByText('Perhaps you meant').waitFor();
    expect(plan.askedFor('whatIf')).toHaveLength(1);
  });
});

describe('exporting and running again', () => {
  it.each([
    ['Save as JSON…', 'save', '"kind":"json"'],
    ['Save as SVG…', 'save', '<svg'],
    ['Save as PNG…', 'save', '"kind":"png"'],
    ['Save as Markdown…', 'save', '# SELECT'],
    ['Copy as Markdown', 'copy', 'Seq Scan on payments'],
    ['Copy as JSON', 'copy', 'Node Type'],
  ])('%s', async (item, request, part) => {
    const {page, plan} = await show();
    await page.getByRole('button', {name: 'Export'}).click();
    await page.getByRole('menuitem', {name: item}).click();
    await expect.poll(() => plan.askedFor(request).at(-1)).toContain(part);
  });

  it('runs again in another mode, by keyboard', async () => {
    const {page, plan} = await show();
    await page.getByRole('button', {name: 'Run again'}).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => plan.askedFor('again')).toEqual(['{"mode":"analyze"}']);
    await page.getByRole('button', {name: 'Run again'}).click();
    await page.getByRole('menuitem', {name: 'Change the values…'}).click();
    await expect.poll(() => plan.askedFor('change')).toHaveLength(1);
  });
});

describe('on the way to a plan', () => {
  it('counts, cancels, and says it is cancelled only when the server confirmed it', async () => {
    const startedAt = Date.now() - 2000;
    const {page, plan} = await show({phase: {kind: 'running', startedAt, cancelling: false}});
    await page.getByText('Executing…').waitFor();
    await page.getByText(/^[2-9]\.\d s$/).waitFor();
    await page.getByRole('button', {name: 'Cancel'}).click();
    await expect.poll(() => plan.askedFor('cancel')).toHaveLength(1);
    expect(await page.getByText('Cancelled').count()).toBe(0);
    plan.enter({kind: 'running', startedAt, cancelling: true});
    await page.getByText('Cancel sent. Waiting for the server…').waitFor();
    plan.enter({kind: 'cancelled', confirmed: true, afterMs: 2100});
    await page.getByText('The server confirmed that it stopped the statement after 2.1 s.').first().waitFor();
  });

  it('does not claim an end that the server did not confirm', async () => {
    const {page} = await show({phase: {kind: 'cancelled', confirmed: false, afterMs: 2100}});
    await page.getByText('Cancel sent, but not confirmed').waitFor();
    await page.getByText('may still be running').first().waitFor();
  });

  it('shows a failure with all that the server said', async () => {
    const {page, plan} = await show({
      phase: {kind: 'failed', failure: words('column o.statu does not exist')},
    });
    for (const text of [
      'column o.statu does not exist',
      'SQLSTATE 42703',
      'Perhaps you meant',
      'Look at the list',
    ])
      await page.getByText(text).first().waitFor();
    await page.getByRole('button', {name: 'Open in the editor'}).click();
    await expect.poll(() => plan.askedFor('openStatement')).toHaveLength(1);
    await page.getByRole('button', {name: 'Run again'}).click();
    await expect.poll(() => plan.askedFor('again')).toEqual(['{"mode":"analyze"}']);
  });

  it('says what a page is whose plan is gone', async () => {
    const {page, plan} = await show({
      phase: {kind: 'lost'},
      origin: {mode: 'opened', connection: null, statement: '', guard: null},
    });
    await page.getByText('This plan is no longer kept').waitFor();
    await page.getByRole('button', {name: 'Open a plan file…'}).click();
    await expect.poll(() => plan.askedFor('openFile')).toHaveLength(1);
  });

  it('goes from running to the plan, and to another one', async () => {
    const {page, plan} = await show({
      phase: {kind: 'running', startedAt: Date.now(), cancelling: false},
      kept: {'plan-3': planText('recent-customers-18')},
    });
    plan.enter({kind: 'shown', id: shownId, length: 10});
    await page.getByText('1.27 s execution').waitFor();
    plan.enter({kind: 'shown', id: 'plan-3', length: 10});
    await page.getByText('52.4 ms execution').waitFor();
    expect(await savedState(page)).toMatchObject({id: 'plan-3'});
  });
});

describe('what comes in', () => {
  it.each(['not a plan at all', '{"a": 1}', '', '[{"Plan": {"Node Type"'])(
    'says why %j is not a plan',
    async text => {
      const {page, plan} = await show({text, origin: {mode: 'opened', connection: null, guard: null}});
      await page.getByText('This is not a plan that can be read').waitFor();
      await page.getByRole('button', {name: 'Open a plan file…'}).waitFor();
      expect(plan.askedFor('keep')).toEqual([]);
    },
  );

  it.each([
    ['orders-report-18', '"executionMs":1269.827'],
    ['orders-report-estimated-18', '"executionMs":null'],
  ])('has %s kept, opened or not', async (name, figure) => {
    for (const origin of [{}, {mode: 'opened', connection: null, guard: null} as const]) {
      const {plan} = await show({text: planText(name), origin});
      await expect.poll(() => plan.askedFor('keep').join()).toContain(figure);
    }
  });

  it('puts pieces together', async () => {
    const {page, plan} = await show({piece: 1000});
    await page.getByText('1.27 s execution').waitFor();
    expect(plan.askedFor('text').length).toBeGreaterThan(30);
  });

  it('lets one choose among several plans', async () => {
    const plans = ['orders-report-18', 'recent-customers-18'].map(name => planText(name).trim().slice(1, -1));
    const {page} = await show({text: `[${plans.join()}]`});
    await page.locator('vscode-dropdown[aria-label=Plan]').click();
    await page.locator('vscode-option', {hasText: '2 of 2'}).click();
    await page.getByText('52.4 ms execution').waitFor();
    expect(await savedState(page)).toMatchObject({plan: 1});
  });

  it('shows names that look like markup as they are', async () => {
    const evil = '<img src=x onerror="document.title=1">';
    const text = planText('orders-report-18')
      .replaceAll('"Relation Name": "payments"', `"Relation Name": ${JSON.stringify(evil)}`)
      .replaceAll('"work_mem"', JSON.stringify(`<b>${evil}`));
    const {page} = await show({
      text,
      origin: {
        title: evil,
        statement: evil,
        notes: [evil],
        parameters: [{name: evil, type: evil, value: evil}],
        connection: {
          name: evil,
          environment: 'production',
          address: evil,
          database: evil,
          user: evil,
          serverVersion: evil,
        },
      },
    });
    for (const key of ['1', '2', '3', '4', '5']) await page.keyboard.press(key);
    await page.getByRole('tab', {name: 'Node'}).click();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('header.head b').count()).toBe(0);
    expect(await page.title()).toBe('explain');
    await page.locator('.notes').getByText(evil).waitFor();
  });
});

describe('a plan of 10,000 nodes', () => {
  it('shows only what is in sight', async () => {
    const {page} = await show({text: largePlan(10_000)});
    await page.waitForFunction(() => performance.getEntriesByName('plan-painted').length === 1);
    const counts: Record<string, number> = {};
    for (const [key, name] of [
      ['1', 'graph'],
      ['2', 'flame'],
      ['3', 'table'],
      ['4', 'raw'],
      ['5', 'summary'],
    ] as const) {
      await page.keyboard.press(key);
      counts[name] = await page.evaluate(() => document.querySelectorAll('*').length);
    }
    for (const count of Object.values(counts)) expect(count).toBeLessThan(5000);
    const grid = await tableOf(page);
    await grid.press('Home');
    await grid.press('End');
    expect(await grid.locator('.row').count()).toBeLessThan(120);
    expect(await grid.locator('.row[aria-selected=true]').getAttribute('aria-rowindex')).toBe('10001');
    await page.keyboard.press('/');
    await page.keyboard.type('hash join');
    await page.getByText(/[\d,]+ found/).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.row.found').first().waitFor();
  });
});
