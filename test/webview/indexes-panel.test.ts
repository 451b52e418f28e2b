import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import type {IndexView} from '../../src/protocol/index-panel.ts';
import {manyRows, now, row, someFindings, someRows, someTables, table, unused} from './index-data.ts';
import {DirectedIndexes, type IndexSettings} from './index-rig.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {themes} from './themes.ts';

const [light] = themes;
if (light === undefined) throw new Error('no theme');
const theme = light;

let rig: PageRig;
const opened: (OpenPage & {readonly indexes: DirectedIndexes})[] = [];

beforeAll(async () => {
  rig = await PageRig.start('indexes');
});
afterAll(() => rig.stop());

/** Whatever a test did: the page has broken no policy, warned of nothing and asked for nothing but its own files. */
afterEach(async () => {
  for (const one of opened.splice(0)) {
    const {page, problems, requested, indexes} = one;
    const foreign = requested.filter(path => !['/indexes', '/indexes.css', '/indexes.js'].includes(path));
    await page.evaluate(() => 0);
    await one.close();
    const {channelProblems} = indexes;
    expect({problems, foreign, channelProblems}).toEqual({problems: [], foreign: [], channelProblems: []});
  }
});

type Page = OpenPage['page'];
type Locator = ReturnType<Page['locator']>;

async function show(settings: IndexSettings = {}): Promise<{indexes: DirectedIndexes; page: Page}> {
  const indexes = new DirectedIndexes(settings);
  const one = await rig.open('indexes', theme, indexes.connect);
  opened.push({...one, indexes});
  await one.page.locator('h1').waitFor();
  return {indexes, page: one.page};
}

/** Names of the indexes in the list, top to bottom, as far as they are in the document. */
const names = (page: Page): Promise<readonly string[]> =>
  page
    .locator('.grid-row')
    .evaluateAll(all =>
      all
        .toSorted((a, b) => Number(a.getAttribute('data-place')) - Number(b.getAttribute('data-place')))
        .map(one => one.querySelector('.index-name')?.textContent ?? ''),
    );
const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', {name});
const rowOf = (page: Page, name: string): Locator =>
  page.locator('.grid-row', {has: page.locator('.index-name', {hasText: new RegExp(`^${name}$`)})});
const cell = (page: Page, name: string, column: string): Locator =>
  rowOf(page, name).locator(`[data-column=${column}]`);
const head = (page: Page, label: string): Locator =>
  page.locator('.grid-head').getByRole('button', {name: label});
const selected = (page: Page): Promise<string> =>
  page.locator('.grid-row[aria-selected=true] .index-name').innerText();
const asked = (indexes: DirectedIndexes, what: string): Promise<void> =>
  expect.poll(() => indexes.asked.at(-1)).toBe(what);
const choose = async (page: Page, dropdown: string, option: string): Promise<void> => {
  await page.getByRole('combobox', {name: dropdown}).click();
  await page.getByRole('option', {name: option}).click();
};
const saved = (page: Page): Promise<unknown> =>
  page.evaluate((): unknown => Reflect.get(window, 'savedState'));

describe('the verdict', () => {
  it.each<[string, IndexSettings]>([
    ['9 indexes, 4.2 GB; 1.8 GB could be freed', {}],
    ['9 indexes, 4.2 GB; nothing to improve', {findings: []}],
    ['1 index, 8 kB', {rows: [row(1, 'a')], findings: someFindings.filter(({bytes}) => bytes === undefined)}],
    [
      'Reading the indexes of shop on staging',
      {first: true, view: {phase: {kind: 'reading', startedAt: now}}},
    ],
    ['Cancelled', {first: true, view: {phase: {kind: 'cancelled'}}}],
    [
      'The indexes of shop on staging could not be read',
      {first: true, view: {phase: {kind: 'failed', failure: {message: 'Refused.'}}}},
    ],
    ['shop on staging has no indexes', {rows: [], findings: []}],
  ])('is “%s”', async (text, settings) => {
    const {page} = await show(settings);
    expect(await page.locator('h1').innerText()).toBe(text);
  });

  it('counts an index once that two findings would free', async () => {
    const twice = unused('orders_note_idx', 1024 ** 3);
    const {page} = await show({findings: [twice, {...twice, check: 'index-bloated', bytes: 1024 ** 2}]});
    expect(await page.locator('h1').innerText()).toContain('1 GB could be freed');
  });

  it('says whom it is about, how grave it is, and what it rests on', async () => {
    const {page} = await show({
      view: {
        standby: true,
        notes: ['This is a standby.'],
        unseen: [{title: 'Bloated indexes', why: 'No statistics.', advice: 'Grant SELECT.'}],
      },
    });
    const header = page.locator('header.head');
    for (const text of [
      'Staging',
      'app@db.example.com:5432/shop',
      'PostgreSQL 16.14, a standby',
      '1 error',
      '3 warnings',
      '1 note',
      'the server worked 84 ms',
      'Counters since 19 Aug 2026, 94 d',
      'This is a standby.',
      'What could not be seen (1)',
    ])
      await header.getByText(text).first().waitFor();
    await header.getByText('What could not be seen').click();
    await header.getByText('Bloated indexes: No statistics. Grant SELECT.').waitFor();
  });
});

describe('findings', () => {
  const lines = (page: Page): Promise<readonly string[]> =>
    page.locator('.findings .finding-what').filter({visible: true}).allInnerTexts();

  it('are one line for each check, those of one check folded together', async () => {
    const {page} = await show();
    expect(await lines(page)).toEqual([
      'orders_total_idx_ccnew is invalid, and is written all the same',
      '2 indexes that nothing uses',
      'orders_coupon_id_fkey has no index on orders (coupon_id)',
      'About 35 % of orders_customer_id_idx is bloat',
    ]);
    await button(page, /2 indexes that nothing uses/).click();
    expect(await lines(page)).toContain('orders_note_idx was not used in 94 days');
    await page.locator('.group-line').getByText('1.7 GB').waitFor();
  });

  it('open to why, what to do, what it rests on, and the statements', async () => {
    const {page} = await show();
    await button(page, /orders_coupon_id_fkey has no index/).click();
    const body = page.getByRole('region', {name: /orders_coupon_id_fkey has no index/});
    for (const text of [
      'Each row of coupons that is deleted',
      'Create an index on coupon_id.',
      'Rows as of the last ANALYZE.',
      'CREATE INDEX CONCURRENTLY orders_coupon_id_idx ON public.orders (coupon_id);',
      'DROP INDEX CONCURRENTLY public.orders_coupon_id_idx;',
    ])
      await body.getByText(text).first().waitFor();
  });

  it('have their statements copied', async () => {
    const {page, indexes} = await show();
    await button(page, /has no index/).click();
    await page.locator('.finding-body').getByRole('button', {name: 'Copy'}).first().click();
    await asked(
      indexes,
      'copy {"content":"CREATE INDEX CONCURRENTLY orders_coupon_id_idx ON public.orders (coupon_id);"}',
    );
  });

  it.each<[string, RegExp, string, string]>([
    ['a migration', /has no index/, 'Write Migration', 'act {"generation":1,"finding":3,"action":0}'],
    ['a rebuild', /is bloat/, 'Rebuild', 'act {"generation":1,"finding":4,"action":0}'],
    ['the tree, for a table', /has no index/, 'Show in Tree', 'reveal {"generation":1,"oid":100}'],
    ['the tree, for an index', /is bloat/, 'Show in Tree', 'reveal {"generation":1,"oid":2}'],
    ['the page of the check', /is bloat/, 'Why?', 'openCheck {"check":"index-bloated"}'],
  ])('lead to %s', async (_, finding, label, request) => {
    const {page, indexes} = await show();
    await page.locator('.grid-row').first().waitFor();
    await button(page, finding).click();
    await page.locator('.finding-body').getByRole('button', {name: label}).click();
    await asked(indexes, request);
  });

  it('of one check are written as migrations at once, and shown in the list', async () => {
    const {page, indexes} = await show();
    await button(page, 'Write 2 Migrations').click();
    await asked(indexes, 'actOnAll {"generation":1,"findings":[1,2]}');
    await page.locator('.group-actions').getByRole('button', {name: 'Show in List'}).click();
    await page.getByText('2 of 9 indexes').waitFor();
    expect(await names(page)).toEqual(['orders_note_idx', 'orders_status_created_at_idx']);
  });

  it('lead from a table to its indexes by their scans', async () => {
    const [first] = someFindings;
    if (!first) expect.fail('there is no finding');
    const subject = {kind: 'table', schema: 'public', name: 'orders'} as const;
    const actions = [{kind: 'show-indexes', table: {schema: 'public', name: 'orders'}}] as const;
    const what = 'orders has 8 indexes and is written more than they are read';
    const {page, indexes} = await show({findings: [{...first, subject, what, actions}]});
    await button(page, /has 8 indexes/).click();
    await button(page, 'Show Its Indexes by Scans').click();
    await asked(indexes, 'act {"generation":1,"finding":0,"action":0}');
  });

  it('of one check are rebuilt one after the other', async () => {
    const [bloated] = someFindings.filter(({check}) => check === 'index-bloated');
    const {page, indexes} = await show({findings: bloated ? [bloated, bloated, bloated] : []});
    await button(page, 'Rebuild All 3').click();
    await asked(indexes, 'actOnAll {"generation":1,"findings":[0,1,2]}');
  });

  it('say which of several are rebuilt when they were stopped', async () => {
    const told = ['Rebuilt: a_idx.', 'Not rebuilt: b_idx.', 'Not begun: c_idx.'];
    const {page, indexes} = await show();
    const view = {id: '1', title: 'Rebuild 3 indexes', startedAt: 0} as const;
    const running = {kind: 'running', phase: '2 of 3, b_idx: building index', cancelling: false} as const;
    indexes.change({maintenance: [{...view, state: {...running, share: 1 / 3}}]});
    await page.getByText('2 of 3, b_idx: building index').waitFor();
    indexes.change({maintenance: [{...view, told, state: {kind: 'cancelled'}}]});
    for (const sentence of told) await page.getByText(sentence).waitFor();
  });

  it('lead to their index in the list, whatever the filter hides', async () => {
    const {page} = await show();
    await page.getByRole('textbox', {name: 'Filter'}).fill('customers');
    await page.getByText('2 of 9 indexes').waitFor();
    await button(page, /is bloat/).click();
    await page.locator('.finding-body').getByRole('button', {name: 'Show in List'}).click();
    await expect.poll(() => selected(page)).toBe('orders_customer_id_idx');
    await page.getByText('9 indexes', {exact: true}).waitFor();
  });

  it('offer nothing that writes where the connection is read-only', async () => {
    const connection = {id: 'c', name: 'n', environment: 'production', address: 'a', readOnly: true} as const;
    const {page} = await show({view: {connection}});
    await button(page, /is bloat/).click();
    await page.locator('.finding-body').getByRole('button', {name: 'Show in Tree'}).waitFor();
    expect(await button(page, 'Rebuild').count()).toBe(0);
  });

  it('stay open over another reading, and many are shown a few at a time', async () => {
    const findings = Array.from({length: 120}, (_, at) => unused(`i${at}`, 1000 * (120 - at)));
    const {page, indexes} = await show({findings});
    await button(page, /120 indexes that nothing uses/).click();
    await button(page, /i3 was not used/).click();
    expect(await page.locator('.finding').count()).toBe(50);
    await button(page, 'Show 50 More of 70').click();
    expect(await page.locator('.finding').count()).toBe(100);
    indexes.reread({findings: findings.slice(1)});
    await button(page, /119 indexes that nothing uses/).waitFor();
    await page.getByText('Each of 7,500,000 writes').waitFor();
  });

  it('can be put away, which is remembered', async () => {
    const {page} = await show();
    await button(page, /^Findings/).click();
    expect(await lines(page)).toEqual([]);
    expect(await saved(page)).toMatchObject({connectionId: 'c1', choices: {findingsOpen: false}});
  });
});

describe('the list', () => {
  it('shows the largest first, with what each serves and how it is used', async () => {
    const {page} = await show();
    await rowOf(page, 'orders_pkey').waitFor();
    expect((await names(page)).slice(0, 4)).toEqual([
      'events_at_idx',
      'orders_note_idx',
      'orders_status_created_at_idx',
      'orders_customer_id_status_idx',
    ]);
    for (const [name, column, text] of [
      ['orders_pkey', 'serves', 'Primary key'],
      ['orders_customer_id_idx', 'serves', 'Foreign key'],
      ['orders_note_idx', 'serves', 'Queries'],
      ['customers_email_key', 'serves', 'UniqueReplica identity'],
      ['events_at_idx', 'serves', 'All partitions'],
      ['events_at_idx', 'table', 'audit.events'],
      ['customers_tags_idx', 'definition', 'gin (tags)'],
      [
        'orders_status_created_at_idx',
        'definition',
        "(status, created_at DESC) INCLUDE (total) WHERE status <> 'sent'::order_status",
      ],
      ['orders_pkey', 'scans', '61.2 M'],
      ['customers_tags_idx', 'lastScan', '41 d'],
      ['orders_customer_id_idx', 'bloat', '≈ 30 MB'],
      ['orders_total_idx_ccnew', 'state', 'Invalid'],
    ] as const)
      expect(await cell(page, name, column).textContent(), `${name} ${column}`).toBe(text);
  });

  it('sorts by a column, by several with Shift, and remembers it', async () => {
    const {page} = await show();
    await rowOf(page, 'orders_pkey').waitFor();
    await head(page, 'Table').click();
    await head(page, 'Scans').click({modifiers: ['Shift']});
    expect(await names(page)).toEqual([
      'events_at_idx',
      'customers_email_key',
      'customers_tags_idx',
      'orders_pkey',
      'orders_customer_id_idx',
      'orders_customer_id_status_idx',
      'orders_status_created_at_idx',
      'orders_note_idx',
      'orders_total_idx_ccnew',
    ]);
    const sorting = [
      {column: 'table', descending: false},
      {column: 'scans', descending: true},
    ];
    expect(await saved(page)).toMatchObject({choices: {sorting}});
  });

  it.each<[string, string, readonly string[]]>([
    ['name', 'tags', ['customers_tags_idx']],
    ['table and definition together', 'orders lower', ['orders_note_idx']],
    ['method', 'GIN', ['customers_tags_idx']],
    ['schema', 'audit.', ['events_at_idx']],
  ])('is filtered by %s', async (_, text, expected) => {
    const {page} = await show();
    await page.getByRole('textbox', {name: 'Filter'}).fill(text);
    await expect.poll(() => names(page)).toEqual(expected);
  });

  it('is filtered by schema, by finding, and by one table', async () => {
    const {page} = await show();
    await rowOf(page, 'orders_pkey').waitFor();
    await choose(page, 'Schema', 'audit');
    await expect.poll(() => names(page)).toEqual(['events_at_idx']);
    await choose(page, 'Schema', 'All schemas');
    await choose(page, 'Finding', 'With a finding');
    await page.getByText('4 of 9 indexes').waitFor();
    await choose(page, 'Finding', 'Foreign keys without an index');
    await page.getByText('6 of 9 indexes').waitFor();
    await choose(page, 'Finding', 'All indexes');
    await rowOf(page, 'customers_tags_idx').click();
    await page.locator('.details').getByRole('button', {name: 'Only This Table'}).click();
    await page.getByText('2 of 9 indexes').waitFor();
    await button(page, 'Table customers: show all tables').click();
    await page.getByText('9 indexes', {exact: true}).waitFor();
  });

  it('says when nothing is like that, and shows all again', async () => {
    const {page} = await show();
    await page.getByRole('textbox', {name: 'Filter'}).fill('nowhere');
    await page.getByText('No index is like that.').waitFor();
    await button(page, 'Show All').click();
    await rowOf(page, 'orders_pkey').waitFor();
    expect(await page.getByRole('textbox', {name: 'Filter'}).inputValue()).toBe('');
  });

  it('is walked with the keyboard', async () => {
    const {page} = await show();
    await rowOf(page, 'events_at_idx').click();
    const press = async (key: string): Promise<string> => {
      await page.keyboard.press(key);
      return selected(page);
    };
    expect(await press('ArrowDown')).toBe('orders_note_idx');
    expect(await press('End')).toBe('customers_email_key');
    expect(await press('ArrowUp')).toBe('orders_total_idx_ccnew');
    expect(await press('Home')).toBe('events_at_idx');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('details');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('email');
    await expect.poll(() => names(page)).toEqual(['customers_email_key']);
    await page.keyboard.press('Escape');
    await page.getByText('9 indexes', {exact: true}).waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  });

  it('offers in a row’s menu what can be done, and no DROP for what goes with something else', async () => {
    const {page, indexes} = await show();
    await rowOf(page, 'orders_note_idx').click({button: 'right'});
    await page.getByRole('menuitem', {name: 'Write Migration to Drop'}).click();
    await asked(indexes, 'drop {"generation":1,"oid":4}');
    await rowOf(page, 'orders_note_idx').click({button: 'right'});
    await page.getByRole('menuitem', {name: 'Rebuild'}).click();
    await asked(indexes, 'reindex {"generation":1,"oid":4}');
    await rowOf(page, 'orders_pkey').click({button: 'right'});
    await page.getByRole('menuitem', {name: 'Rebuild'}).waitFor();
    expect(await page.getByRole('menuitem', {name: 'Write Migration to Drop'}).count()).toBe(0);
  });

  it('has the columns that the user chose, and says so to the editor', async () => {
    const {page} = await show();
    await button(page, 'Columns').click();
    await page.getByRole('checkbox', {name: /^Writes/}).check();
    await page.getByRole('checkbox', {name: /^Definition/}).uncheck();
    await button(page, 'Done').click();
    expect(await cell(page, 'orders_pkey', 'writes').textContent()).toBe('11.8 M');
    expect(await cell(page, 'orders_pkey', 'definition').count()).toBe(0);
    const {choices} = Object(await saved(page));
    expect(choices.columns).toContain('writes');
    expect(choices.columns).not.toContain('definition');
  });

  it('has no column that this version or this look cannot fill', async () => {
    const {page} = await show({view: {version: '15.18'}});
    await rowOf(page, 'orders_pkey').waitFor();
    expect(await cell(page, 'orders_pkey', 'lastScan').count()).toBe(0);
    expect(await cell(page, 'orders_pkey', 'rate').count()).toBe(0);
  });

  it('shows one table when the panel was opened for it, as a filter that can be taken off', async () => {
    const {page, indexes} = await show({
      view: {wanted: {table: 101, index: 8, leastUsedFirst: false}},
    });
    await page.getByText('2 of 9 indexes').waitFor();
    await asked(indexes, 'shown');
    expect(await names(page)).toEqual(['customers_tags_idx', 'customers_email_key']);
    expect(await selected(page)).toBe('customers_tags_idx');
    expect(await saved(page)).toMatchObject({filter: {table: 101}});
    await button(page, 'Table customers: show all tables').click();
    await page.getByText('9 indexes', {exact: true}).waitFor();
    indexes.change({wanted: {table: 100, leastUsedFirst: true}});
    await page.getByText('6 of 9 indexes').waitFor();
    expect((await names(page)).at(-1)).toBe('orders_pkey');
    expect(await saved(page)).toMatchObject({choices: {sorting: [{column: 'scans', descending: false}]}});
    // What was shown once is not shown again over the user's own filter.
    await choose(page, 'Finding', 'With a finding');
    indexes.reread({});
    await page.getByText('4 of 9 indexes').waitFor();
  });

  it('says that a table has no indexes', async () => {
    const tables = [...someTables, table(900, 'plain')];
    const {page} = await show({tables, view: {wanted: {table: 900, leastUsedFirst: false}}});
    await page.getByText('This table has no indexes.').waitFor();
    await button(page, 'Table plain: show all tables').click();
    await page.getByText('9 indexes', {exact: true}).waitFor();
  });

  it('shows a table that another reading found', async () => {
    const {page, indexes} = await show();
    await page.getByText('9 indexes', {exact: true}).waitFor();
    const plain = row(77, 'plain_idx', {table: 'plain', tableOid: 900});
    indexes.reread({rows: [...someRows, plain], tables: [...someTables, table(900, 'plain')]});
    indexes.change({wanted: {table: 900, index: 77, leastUsedFirst: false}});
    await page.getByText('1 of 10 indexes').waitFor();
    expect(await selected(page)).toBe('plain_idx');
  });

  it('is saved as it is shown', async () => {
    const {page, indexes} = await show();
    await page.getByRole('textbox', {name: 'Filter'}).fill('status_created');
    await page.getByText('1 of 9 indexes').waitFor();
    await button(page, 'Export').click();
    await page.getByRole('menuitem', {name: 'Save as CSV…'}).click();
    await expect.poll(() => indexes.asked.at(-1)).toContain('save');
    const {format, content} = JSON.parse(indexes.asked.at(-1)?.slice('save '.length) ?? '');
    expect({format, content}).toEqual({
      format: 'csv',
      content: [
        'Index,Table,Serves,Definition,Size,Scans,Last use,Bloat,Read,Fetched,State\r\n',
        `orders_status_created_at_idx,orders,Queries,"(status, created_at DESC) INCLUDE (total) WHERE status <> 'sent'::order_status",610 MB,0,never,,0,0,Valid\r\n`,
      ].join(''),
    });
  });

  it('shows what a database returned as text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const {page} = await show({rows: [row(1, name, {comment: '<b>bold</b>'})], findings: [unused(name, 5)]});
    await page.locator('.index-name').click();
    await page.locator('.details').getByText('<b>bold</b>').waitFor();
    expect(await page.locator('img, b').count()).toBe(0);
  });
});

describe('the details', () => {
  it('say what an index is, serves and costs', async () => {
    const {page} = await show();
    await rowOf(page, 'orders_customer_id_idx').click();
    const details = page.locator('.details');
    for (const text of [
      "CREATE INDEX orders_customer_id_idx ON public.orders USING btree (customer_id) WITH (fillfactor='90')",
      'About 35 % of orders_customer_id_idx is bloat',
      'Foreign key',
      'Nothing but queries, which it makes faster.',
      '20,118,220 scans since 19 Aug 2026',
      /^\d+ (s|min) ago$/,
      '30 MB, 35 % of it, estimated from the planner’s statistics',
      '23 % of them HOT',
      'supported by this index',
      'no index supports it',
      'orders_customer_id_status_idx',
    ])
      await details.getByText(text).first().waitFor();
    await details.getByRole('button', {name: 'orders_customer_id_status_idx'}).click();
    await expect.poll(() => selected(page)).toBe('orders_customer_id_status_idx');
    await details.getByText('supported by this index').waitFor();
  });

  it('say why it cannot be dropped by itself, and what the server says is at stake', async () => {
    const {page} = await show();
    await rowOf(page, 'orders_pkey').click();
    await page.getByText('It goes with the constraint orders_pkey only.').waitFor();
    await rowOf(page, 'customers_email_key').click();
    await page.getByText('It is the replica identity.').waitFor();
  });

  it('hand out the definition', async () => {
    const {page, indexes} = await show();
    await rowOf(page, 'orders_note_idx').click();
    await page.locator('.details').getByRole('button', {name: 'Copy Definition'}).click();
    await page.getByText('Copied.').waitFor();
    expect(indexes.asked.at(-1)).toContain('CREATE INDEX orders_note_idx ON public.orders');
  });

  it('say that the list is older where its reading is gone', async () => {
    const {page, indexes} = await show();
    await rowOf(page, 'orders_note_idx').click();
    indexes.forget();
    await page.locator('.details').getByRole('button', {name: 'Copy Definition'}).click();
    await page.getByText('The list is older than this. Refresh it.').waitFor();
  });
});

describe('live scans', () => {
  it('are turned on and off', async () => {
    const {page, indexes} = await show();
    await choose(page, 'How often scans are counted', 'Live scans: every 10 s');
    await asked(indexes, 'setSampling {"milliseconds":10000}');
  });

  it('are a rate and a curve for each index that was scanned', async () => {
    const {page, indexes} = await show({view: {sampling: 10_000}});
    await rowOf(page, 'orders_pkey').waitFor();
    indexes.sample(now + 10_000, [[1, 61_204_551 + 500, 61_300_000]]);
    await expect.poll(() => cell(page, 'orders_pkey', 'rate').innerText()).toBe('50');
    indexes.sample(now + 20_000, [[1, 61_204_551 + 503, 61_300_000]]);
    await expect.poll(() => cell(page, 'orders_pkey', 'rate').innerText()).toBe('0.3');
    await page.getByRole('img', {name: 'Scans of orders_pkey in each second, 0.3 now'}).waitFor();
    expect(await cell(page, 'orders_note_idx', 'rate').innerText()).toBe('0');
    expect(await cell(page, 'orders_note_idx', 'rate').locator('svg').count()).toBe(0);
    await rowOf(page, 'orders_pkey').click();
    await page.locator('.details').getByText('61,205,054 scans since').waitFor();
  });

  it('move rows only where the list is sorted by them', async () => {
    const {page, indexes} = await show({view: {sampling: 10_000}});
    await rowOf(page, 'customers_email_key').click();
    indexes.sample(now + 10_000, [[8, 9000, 90]]);
    await expect.poll(() => cell(page, 'customers_tags_idx', 'rate').innerText()).toBe('899');
    expect((await names(page))[0]).toBe('events_at_idx');
    await head(page, 'Scans/s').click();
    expect((await names(page))[0]).toBe('customers_tags_idx');
    indexes.sample(now + 20_000, [[9, 31_500, 90]]);
    await expect.poll(async () => (await names(page))[0]).toBe('events_at_idx');
    expect(await selected(page)).toBe('customers_email_key');
  });

  it('that were counted before the page came are there, and a counter that was reset counts from nothing', async () => {
    const samples = [
      {at: now + 10_000, generation: 1, scans: [[1, 61_204_651, 5] as const]},
      {at: now + 20_000, generation: 1, scans: [[1, 40, 5] as const]},
    ];
    const {page} = await show({samples, view: {sampling: 10_000}});
    await expect.poll(() => cell(page, 'orders_pkey', 'rate').innerText()).toBe('4.0');
  });
});

describe('what goes on', () => {
  it('is told while it is read the first time, and can be cancelled', async () => {
    const {page, indexes} = await show({
      first: true,
      view: {phase: {kind: 'reading', startedAt: now - 2000}},
    });
    await page.getByText('Asking shop on staging about its tables').waitFor();
    await button(page, 'Cancel').filter({visible: true}).click();
    await asked(indexes, 'cancel');
    indexes.change({phase: {kind: 'cancelled'}});
    await button(page, 'Try Again').click();
    await asked(indexes, 'refresh');
  });

  it('is told with what to do when it failed', async () => {
    const failure = {message: 'The server refused.', advice: 'Start it.'};
    const {page, indexes} = await show({first: true, view: {phase: {kind: 'failed', failure}}});
    await page.getByText('Start it.').waitFor();
    await button(page, 'Try Again').click();
    await asked(indexes, 'refresh');
  });

  it('says that a database has no indexes', async () => {
    const {page} = await show({rows: [], findings: [], view: {}});
    await page.getByText('There are no indexes').waitFor();
    await page.getByText('3 tables of this database have none').waitFor();
  });

  it('keeps the list, its selection and its filter over another reading', async () => {
    const {page, indexes} = await show();
    await rowOf(page, 'orders_note_idx').click();
    indexes.change({phase: {kind: 'reading', startedAt: now}});
    await page.getByText('Reading again…').waitFor();
    expect(await selected(page)).toBe('orders_note_idx');
    indexes.reread({rows: someRows.filter(({name}) => name !== 'orders_pkey')});
    await page.getByText('8 indexes', {exact: true}).waitFor();
    expect(await selected(page)).toBe('orders_note_idx');
    expect(await names(page)).not.toContain('orders_pkey');
  });

  it('keeps the list when another reading fails, and says so', async () => {
    const {page, indexes} = await show();
    const failure = {message: 'The connection was refused.'};
    indexes.change({phase: {kind: 'failed', failure}});
    await page.getByText('What is below is of before: The connection was refused.').waitFor();
    await rowOf(page, 'orders_note_idx').waitFor();
  });

  it('says that the connection is lost, and when it is tried again', async () => {
    const {page, indexes} = await show({view: {sampling: 10_000}});
    const failure = {message: 'Terminated by an administrator.'};
    indexes.change({lost: {failure, retryAt: now + 8000, attempts: 2}});
    await page.getByText(/lost; trying again in \d seconds \(attempt 2\)\. Terminated/).waitFor();
    indexes.change({lost: null});
    await page.getByText(/lost; trying/).waitFor({state: 'hidden'});
  });

  it('shows maintenance that was started, and what came of an action', async () => {
    const state: IndexView['maintenance'][number]['state'] = {
      kind: 'running',
      phase: 'building',
      share: 0.5,
      cancelling: false,
    };
    const {page, indexes} = await show({
      view: {maintenance: [{id: '4', title: 'REINDEX INDEX CONCURRENTLY a', startedAt: now, state}]},
    });
    await page.getByText('building').waitFor();
    await page.locator('.maintenance').getByRole('button', {name: 'Cancel'}).click();
    await asked(indexes, 'cancelMaintenance {"id":"4"}');
    indexes.change({notice: {tone: 'good', text: 'written and rehearsed', more: ['More.']}});
    await page.getByText('written and rehearsed').waitFor();
  });
});

describe('50,000 indexes', () => {
  it('are in the list, and only those in sight in the document', async () => {
    const {page} = await show({rows: manyRows(50_000), findings: []});
    await page.getByText('50,000 indexes', {exact: true}).waitFor();
    const elements = (): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length);
    expect(await elements()).toBeLessThan(1500);
    await page.locator('.grid-row').first().click();
    await page.keyboard.press('End');
    expect(await page.locator('.grid-row[aria-selected=true]').getAttribute('aria-rowindex')).toBe('50001');
    await page.keyboard.press('PageUp');
    await page.locator('.grid').evaluate(grid => grid.scrollTo(0, 700_000));
    await expect.poll(() => names(page)).not.toContain('');
    expect(await elements()).toBeLessThan(1500);
  });

  it('are sorted and filtered', async () => {
    // Sorting so many takes a second where other tests have the machine as well.
    const patient = {timeout: 20_000};
    const {page} = await show({rows: manyRows(50_000), findings: []});
    await page.getByText('50,000 indexes', {exact: true}).waitFor();
    await head(page, 'Index').click();
    await expect.poll(async () => (await names(page))[0], patient).toBe('t0_c0_idx');
    // A number in a name counts as a number.
    expect((await names(page))[1]).toBe('t0_c977_idx');
    await page.getByRole('textbox', {name: 'Filter'}).fill('t976_c4996');
    await expect.poll(() => names(page), patient).toEqual([]);
    await page.getByRole('textbox', {name: 'Filter'}).fill('tenant. t976_');
    await expect.poll(async () => (await names(page)).length, patient).toBeGreaterThan(5);
    await page.getByText(/^\d+ of 50,000 indexes$/).waitFor();
  });
});

describe('a narrow panel', () => {
  it.each([300, 430, 700])('of %i px has nothing beside its edge', async width => {
    const {page} = await show();
    await page.setViewportSize({width, height: 700});
    await rowOf(page, 'orders_note_idx').click();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('says how large an index is and how much it is used before what it is', async () => {
    const {page} = await show();
    await page.setViewportSize({width: 430, height: 700});
    await expect.poll(() => cell(page, 'orders_note_idx', 'definition').count()).toBe(0);
    await cell(page, 'orders_note_idx', 'scans').waitFor();
    await page.setViewportSize({width: 1000, height: 700});
    await cell(page, 'orders_note_idx', 'definition').waitFor();
  });
});
