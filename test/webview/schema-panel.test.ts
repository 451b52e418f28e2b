import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import type {DifferenceView, SchemaView} from '../../src/protocol/schema-panel.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {difference, manyObjects, someGaps, someIgnored, someObjects} from './schema-data.ts';
import {compared, DirectedSchema, type SchemaSettings} from './schema-rig.ts';
import {themes} from './themes.ts';

const [light] = themes;
if (light === undefined) throw new Error('no theme');
const theme = light;

let rig: PageRig;
const opened: (OpenPage & {readonly schema: DirectedSchema})[] = [];

beforeAll(async () => {
  rig = await PageRig.start('schema');
});
afterAll(() => rig.stop());

/** Whatever a test did: the page has broken no policy, warned of nothing and asked for nothing but its own files. */
afterEach(async () => {
  for (const one of opened.splice(0)) {
    const {page, problems, requested, schema} = one;
    const foreign = requested.filter(path => !['/schema', '/schema.css', '/schema.js'].includes(path));
    await page.evaluate(() => 0);
    await one.close();
    const {channelProblems} = schema;
    expect({problems, foreign, channelProblems}).toEqual({problems: [], foreign: [], channelProblems: []});
  }
});

type Page = OpenPage['page'];

async function show(settings: SchemaSettings = {}): Promise<{schema: DirectedSchema; page: Page}> {
  const schema = new DirectedSchema(settings);
  const one = await rig.open('schema', theme, schema.connect);
  opened.push({...one, schema});
  await one.page.locator('.result, .situation').waitFor();
  return {schema, page: one.page};
}

const verdict = (page: Page): Promise<string> => page.locator('h1').innerText();
const rows = (page: Page): Promise<readonly string[]> =>
  page
    .locator('.tree .row')
    .evaluateAll(all =>
      all
        .toSorted((a, b) => Number(a.getAttribute('data-place')) - Number(b.getAttribute('data-place')))
        .map(row => row.getAttribute('aria-label') ?? ''),
    );
const details = (page: Page): ReturnType<Page['locator']> => page.locator('.details');
const row = (page: Page, name: RegExp): ReturnType<Page['getByRole']> => page.getByRole('treeitem', {name});
const button = (page: Page, name: string | RegExp): ReturnType<Page['getByRole']> =>
  page.getByRole('button', {name});
const askedLast = (schema: DirectedSchema): Promise<void> =>
  expect.poll(() => schema.asked.findLast(asked => !asked.startsWith('definitions'))).toBeDefined();
const last = (schema: DirectedSchema): string | undefined =>
  schema.asked.findLast(asked => !asked.startsWith('definitions'));

describe('the verdict', () => {
  const history = (migrations: number, upTo: 'applied' | 'all' = 'applied'): SchemaView['expected'] => ({
    kind: 'history',
    framework: 'golang-migrate',
    folder: 'db/migrations',
    upTo,
    migrations,
  });
  it.each<[string, Partial<SchemaView>]>([
    ['shop on staging is as the 14 migrations say', {}],
    ['shop on staging is as the 1 migration says', {expected: history(1)}],
    ['shop on staging is as without any migration', {expected: history(0)}],
    ['shop on staging is as db/schema.sql says', {expected: {kind: 'file', file: 'db/schema.sql'}}],
    [
      'shop on staging is as shop on production is',
      {
        expected: {
          kind: 'connection',
          connection: {name: 'shop on production', environment: 'production', address: 'app@prod:5432/shop'},
        },
      },
    ],
  ])('is “%s” when nothing differs', async (text, view) => {
    const {page} = await show({objects: [], view});
    expect(await verdict(page)).toBe(text);
    await page.getByText('412 objects on shop on staging were compared').waitFor();
  });

  it.each<[string, readonly DifferenceView['severity'][]]>([
    ['1 error in 1 object', ['error']],
    ['1 warning, 2 notes in 1 object', ['warning', 'information', 'information']],
  ])('is “%s” when something does', async (text, severities) => {
    const differences = severities.map((severity, index) =>
      difference(index, `Difference ${index}.`, {key: 'table public.t', kind: 'table', severity}),
    );
    const objects = [{key: 'table public.t', kind: 'table', name: 'public.t', rows: 1, differences}];
    const {page} = await show({objects});
    expect(await verdict(page)).toBe(text);
  });

  it('says what was compared with what, and when', async () => {
    const {page} = await show({compared: {notes: ['Read as app, who may not see policies.']}});
    const head = page.locator('header.head');
    for (const text of [
      'Staging',
      'shop on staging',
      'app@db.example.com:5432/shop',
      'PostgreSQL 16.14',
      '14 migrations applied there',
      'db/migrations',
      'replayed in the embedded PostgreSQL 18.3',
      '412 objects compared',
      'in 1.2 s',
      'Read as app, who may not see policies.',
    ])
      await head.getByText(text).first().waitFor();
  });
});

describe('the list', () => {
  it('groups differences by object, and says for each its severity and where it comes from', async () => {
    const {page} = await show();
    await row(page, /^table public\.orders/).waitFor();
    expect(await rows(page)).toEqual([
      'table public.orders, 4 differences, 4.1 M rows',
      'Error: Column note of table public.orders is missing. edited file',
      'Error: The type of column public.orders.total is integer, not numeric(12,2). by hand',
      'Warning: Index public.orders_customer_id_idx is missing. by hand',
      'Warning: Column public.orders.hotfix_flag is in the database only. no migration',
      'table public.invoices, 2 differences, 8,210 rows',
      'Error: Row security of table public.invoices is off, not on. by hand',
      'Note: The comment of table public.invoices is different. by hand',
      'function public.order_total(bigint), 1 difference',
      'Error: The body of function public.order_total(bigint) is different. pending',
      'extension pg_stat_statements, 1 difference',
      'Note: Extension pg_stat_statements is in the database only. no migration',
    ]);
  });

  it('shows the severities that are asked for, and never none', async () => {
    const {page} = await show();
    await button(page, '4 Errors').click();
    await page.getByText('4 of 8 differences').waitFor();
    await button(page, '2 Warnings').click();
    await page.getByText('2 of 8 differences').waitFor();
    await button(page, '2 Notes').click();
    await page.getByText('8 differences', {exact: true}).waitFor();
    expect(await button(page, '4 Errors').getAttribute('aria-pressed')).toBe('true');
  });

  it.each([
    ['orders.total', 1],
    ['PUBLIC.INVOICES', 2],
    ['no such thing', 0],
  ])('finds %j in names and words', async (text, found) => {
    const {page} = await show();
    await page.getByRole('textbox', {name: 'Filter'}).fill(text);
    await page.getByText(`${found} of 8 differences`).waitFor();
    expect(await page.locator('.row-difference').count()).toBe(found);
    expect(await page.getByText('No difference is like that.').isVisible()).toBe(found === 0);
    await page.getByRole('textbox', {name: 'Filter'}).press('Escape');
    await page.getByText('8 differences', {exact: true}).waitFor();
  });

  it('shows one kind of object', async () => {
    const {page} = await show();
    await page.getByRole('combobox', {name: 'Kind of object'}).click();
    await page.getByRole('option', {name: 'index'}).click();
    await page.getByText('1 of 8 differences').waitFor();
    expect(await rows(page)).toEqual([
      'table public.orders, 4 differences, 4.1 M rows'.replace('4 differences', '1 difference'),
      'Warning: Index public.orders_customer_id_idx is missing. by hand',
    ]);
  });

  it('is walked, folded and ticked with the keyboard', async () => {
    const {page} = await show();
    const tree = page.getByRole('tree');
    await row(page, /note of table/).waitFor();
    await tree.focus();
    const active = (): Promise<string | null> =>
      page.locator('.tree [aria-selected=true]').getAttribute('aria-label');
    const presses: readonly [string, RegExp][] = [
      ['ArrowDown', /total is integer/],
      ['ArrowLeft', /^table public\.orders/],
      ['ArrowLeft', /^table public\.orders/],
      ['ArrowDown', /^table public\.invoices/],
      ['Home', /^table public\.orders/],
      ['ArrowRight', /^table public\.orders/],
      ['ArrowRight', /note of table/],
      ['End', /Extension pg_stat/],
      ['PageUp', /./],
    ];
    for (const [key, expected] of presses) {
      await page.keyboard.press(key);
      expect(await active(), key).toMatch(expected);
    }
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    expect(await row(page, /^table public\.orders/).getAttribute('aria-checked')).toBe('true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    expect(await row(page, /^table public\.orders/).getAttribute('aria-checked')).toBe('mixed');
    await button(page, 'Write Migration for 3 differences').waitFor();
  });

  it('shows names and values as text, whatever they hold', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const key = `table public."${evil}"`;
    const differences = [
      difference(0, `Table public."${evil}" is missing.`, {
        key,
        kind: 'table',
        what: 'changed',
        expected: evil,
        live: '</code><script>1</script>',
        blame: {kind: 'pending', migration: evil},
      }),
    ];
    const {page} = await show({
      objects: [{key, kind: 'table', name: `public."${evil}"`, rows: 1, differences}],
      definitions: {[key]: {expected: `CREATE TABLE "${evil}" ();`, live: null}},
      ignored: [{words: evil, count: 1, rule: evil, reason: evil, restorable: true}],
      gaps: [evil],
    });
    await details(page).getByText('CREATE TABLE').waitFor();
    for (const tab of [/^Ignored/, /^Not compared/]) {
      await page.getByRole('tab', {name: tab}).click();
      await page.locator('.entry').first().waitFor();
    }
    expect(await page.locator('img, main script').count()).toBe(0);
  });
});

describe('the details', () => {
  it('show values, where it comes from, and both definitions', async () => {
    const {page} = await show();
    await row(page, /total is integer/).click();
    const about = details(page);
    await about.getByRole('table').waitFor();
    expect(await about.locator('.values').innerText()).toBe(
      ['Expected', 'numeric(12,2)', 'On shop on staging', 'integer'].join('\n'),
    );
    await about
      .getByText('000002_create_orders leads to something else: the database was changed by hand.')
      .waitFor();
    expect(await about.locator('.diff .diff-word').allInnerTexts()).toEqual(['numeric(12,2)', 'integer']);
  });

  it.each<[string, RegExp, string]>([
    ['Go to the Line', /note of table/, 'goTo {"id":"c1","difference":0}'],
    ['000009_add_order_note.up.sql:3', /note of table/, 'goTo {"id":"c1","difference":0}'],
    ['Ignore…', /hotfix_flag/, 'ignore {"id":"c1","difference":3}'],
    ['Reveal in Tree', /customer_id_idx/, 'reveal {"id":"c1","difference":2}'],
    ['Copy', /hotfix_flag/, 'copy {"content":"Column public.orders.hotfix_flag is in the database only."}'],
  ])('offer %s', async (name, which, asked) => {
    const {page, schema} = await show();
    await row(page, which).click();
    await details(page).getByRole('button', {name}).click();
    await askedLast(schema);
    expect(last(schema)).toBe(asked);
  });

  it('offer nothing that cannot be done', async () => {
    const {page} = await show();
    await row(page, /^Note: Extension/).click();
    expect(await details(page).locator('.actions').innerText()).toBe('Ignore…\nCopy');
  });

  it('say that the tree has no such row', async () => {
    const {page} = await show({found: false});
    await row(page, /customer_id_idx/).click();
    await button(page, 'Reveal in Tree').click();
    await page.getByText('The tree does not show it.').waitFor();
  });
});

describe('actions on all of it', () => {
  const write = 'Write Migration';
  it.each([
    [write, 'Make the database as expected…', 'write {"id":"c1","how":"change-live","differences":null}'],
    [write, 'Record what the database has…', 'write {"id":"c1","how":"describe-live","differences":null}'],
    [write, 'Show the SQL that makes it as expected', 'write {"id":"c1","how":"script","differences":null}'],
    ['Report', 'Save as Markdown…', 'report {"id":"c1","format":"markdown","to":"file"}'],
    ['Report', 'Copy as JSON', 'report {"id":"c1","format":"json","to":"clipboard"}'],
  ])('%s: %s', async (menu, item, asked) => {
    const {page, schema} = await show();
    await row(page, /note of table/).waitFor();
    await button(page, menu).click();
    await page.getByRole('menuitem', {name: item}).click();
    await askedLast(schema);
    expect(last(schema)).toBe(asked);
  });

  it('writes about what is ticked, or else about what is shown', async () => {
    const {page, schema} = await show();
    await page.getByRole('textbox', {name: 'Filter'}).fill('invoices');
    await button(page, 'Write Migration for 2 shown').click();
    await page.getByRole('menuitem', {name: /^Make/}).click();
    await askedLast(schema);
    expect(last(schema)).toBe('write {"id":"c1","how":"change-live","differences":[4,5]}');
    await row(page, /comment of table/)
      .locator('.tick')
      .click();
    await button(page, 'Write Migration for 1 difference').click();
    await page.getByRole('menuitem', {name: /^Record/}).click();
    await expect.poll(() => last(schema)).toBe('write {"id":"c1","how":"describe-live","differences":[5]}');
  });

  it('says what came of it', async () => {
    const {page, schema} = await show();
    schema.change({notice: {tone: 'good', text: 'It was written.', more: ['Not in it: a cast.']}});
    const notice = page.getByRole('status').filter({hasText: 'It was written.'});
    await notice.getByText('Not in it: a cast.').waitFor();
    schema.change({notice: null});
    await notice.waitFor({state: 'detached'});
  });

  it.each([
    ['Validate Again', 'again'],
    ['Compare with…', 'choose'],
  ])('%s', async (name, asked) => {
    const {page, schema} = await show();
    await button(page, name).click();
    await expect.poll(() => last(schema)).toBe(asked);
  });
});

describe('what belongs to it', () => {
  it('are the rows of each table', async () => {
    const {page} = await show();
    await page.getByRole('tab', {name: /^Tables/}).click();
    await page.locator('.row-table').first().waitFor();
    expect(await page.locator('.row-table').allInnerTexts()).toEqual([
      'public.customers\n52,004',
      'public.invoices\n8,210\n2',
      'public.lines\n–',
      'public.orders\n4,120,330\n4',
    ]);
  });

  it('are the rules that keep differences out of sight, which can be taken back', async () => {
    const {page, schema} = await show({ignored: someIgnored});
    await page.getByRole('tab', {name: /^Ignored/}).click();
    await page.getByText('pg_partman makes these.').waitFor();
    await page.getByText('Table public.orders_p2026_11 is in the database only. and 35 more').waitFor();
    await button(page, 'Compare Again').click();
    await expect.poll(() => last(schema)).toBe('restoreIgnored {"id":"c1","index":0}');
  });

  it('is what could not be compared', async () => {
    const {page} = await show({gaps: someGaps});
    await page.getByRole('tab', {name: /^Not compared/}).click();
    await page.locator('.entry').first().waitFor();
    expect(await page.locator('.entry').allInnerTexts()).toEqual([...someGaps]);
  });

  it.each([
    [/^Ignored/, 'Nothing is ignored.'],
    [/^Not compared/, 'Nothing was left out: all that PostgreSQL’s catalogs hold was compared.'],
  ])('is empty: %s', async (tab, text) => {
    const {page} = await show();
    await page.getByRole('tab', {name: tab}).click();
    await page.getByText(text).waitFor();
  });
});

describe('on the way', () => {
  const running = (more: Partial<Extract<SchemaView['phase'], {kind: 'running'}>>): SchemaView['phase'] => ({
    kind: 'running',
    startedAt: Date.now(),
    step: 'reading-live',
    cancelling: false,
    ...more,
  });

  it('says each step, and is cancelled', async () => {
    const {page, schema} = await show({phase: running({})});
    await page.getByText('Reading shop on staging').waitFor();
    expect(await page.getByRole('progressbar').count()).toBe(0);
    schema.change({phase: running({step: 'replaying', done: 7, of: 14})});
    await page.getByText('Replaying 7 of 14 migrations').waitFor();
    expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('7');
    await button(page, 'Cancel').click();
    await expect.poll(() => last(schema)).toBe('cancel');
    schema.change({phase: running({step: 'replaying', done: 7, of: 14, cancelling: true})});
    await page.getByText('Cancelling…').waitFor();
    schema.change({phase: {kind: 'cancelled'}});
    await page.getByRole('heading', {name: 'Cancelled'}).waitFor();
    schema.change({phase: compared()});
    await row(page, /note of table/).waitFor();
  });

  it('says why there is no result, and what would help', async () => {
    const {page, schema} = await show({
      phase: {
        kind: 'failed',
        failure: {
          message: 'extension "postgis" is not available',
          advice: 'Use a scratch database.',
          detail: null,
          hint: null,
          sqlState: '0A000',
          at: {file: 'db/migrations/000009_search.up.sql', line: 1},
          scratch: true,
        },
      },
    });
    await page.getByRole('alert').getByText('SQLSTATE 0A000').waitFor();
    await button(page, 'Use a Scratch Database').click();
    await expect.poll(() => last(schema)).toBe('useScratch');
    await button(page, 'db/migrations/000009_search.up.sql:1').click();
    await expect.poll(() => last(schema)).toBe('openFailure');
  });

  it('says of a restored page what it showed', async () => {
    const phase = compared();
    const {page, schema} = await show({phase: {kind: 'lost', before: {...phase, at: phase.at}}});
    await page.getByText('Then it said: 4 errors, 2 warnings, 2 notes in 4 objects').waitFor();
    await button(page, 'Validate Again').click();
    await expect.poll(() => last(schema)).toBe('again');
  });

  it('keeps what the host finds it again by', async () => {
    const {page} = await show();
    const saved = (): Promise<unknown> => page.evaluate((): unknown => Reflect.get(window, 'savedState'));
    await expect.poll(saved).toMatchObject({key: '{}', phase: {kind: 'compared'}});
  });

  it('says that a comparison is not kept any more', async () => {
    const {page} = await show({gone: true});
    await page.getByText('This comparison is not kept any more. Validate again to see more of it.').waitFor();
  });
});

describe('10,000 differences', () => {
  it('come in pages, and only those in sight are in the document', async () => {
    const objects = manyObjects(2500, 4);
    const {page} = await show({objects, piece: 250});
    await page.getByText('10,000 differences', {exact: true}).waitFor();
    expect(await page.locator('.tree .row').count()).toBeLessThan(80);
    await page.getByRole('tree').focus();
    await page.keyboard.press('End');
    await row(page, /^Warning: Column c3 of table public\.t_2499/).waitFor();
    const started = Date.now();
    await page.getByRole('textbox', {name: 'Filter'}).fill('t_1234');
    await page.getByText('4 of 10,000 differences').waitFor();
    expect(Date.now() - started).toBeLessThan(1500);
    expect(await verdict(page)).toBe('5,000 errors, 5,000 warnings in 2,500 objects');
  });
});

/** Says which element is too wide. */
const widest = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter(one => one.getBoundingClientRect().right > window.innerWidth)
      .map(one => `${one.tagName}.${one.className}`)
      .join(' '),
  );

describe('room', () => {
  it.each([
    [1500, 800],
    [1000, 720],
    [430, 860],
    [320, 640],
  ])('is enough at %i × %i: nothing is wider than the page', async (width, height) => {
    const {page} = await show({ignored: someIgnored, gaps: someGaps});
    await page.setViewportSize({width, height});
    await row(page, /note of table/).waitFor();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over, await widest(page)).toBeLessThanOrEqual(0);
    expect(await page.locator('.details').evaluate(({clientHeight}) => clientHeight)).toBeGreaterThan(100);
  });

  it('is the same with all objects folded', async () => {
    const {page} = await show({objects: someObjects});
    await button(page, 'Collapse All').click();
    await expect.poll(() => rows(page)).toHaveLength(4);
    await button(page, 'Expand All').click();
    await expect.poll(() => rows(page)).toHaveLength(12);
  });
});
