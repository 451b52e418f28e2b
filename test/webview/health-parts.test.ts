import {describe, expect, it} from 'vitest';
import {asked, button, healthPages, row, tab, type Page} from './health-page.ts';
import {healthView} from './health-rig.ts';
import {someFindings} from './health-findings.ts';
import {calmSessions, session, sessionsPart, someSessions} from './health-sessions.ts';
import {someTables, table} from './health-tables.ts';
import {at} from './health-units.ts';
import {seenPart, someReading} from './health-values.ts';

const show = healthPages();
const whats = (page: Page): Promise<readonly string[]> => page.locator('.finding-what').allInnerTexts();
const firstCells = (page: Page, count: number): Promise<readonly string[]> =>
  page
    .locator('.slot:not([hidden]) .grid-row')
    .evaluateAll(rows =>
      rows
        .toSorted((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
        .map(row => row.firstElementChild?.textContent ?? ''),
    )
    .then(cells => cells.slice(0, count));

describe('findings', () => {
  it('are those that matter most first, and filtered by severity and text', async () => {
    const {page} = await show();
    expect(await whats(page)).toEqual(someFindings.map(({what}) => what));
    await button(page, '2 Errors').click();
    await button(page, '5 Warnings').click();
    await expect.poll(() => whats(page)).toHaveLength(2);
    await page.getByRole('textbox', {name: 'Filter findings'}).fill('POSTGIS');
    await expect.poll(() => whats(page)).toEqual(['postgis 3.3.2 could be 3.4.1']);
    await page.getByRole('textbox', {name: 'Filter findings'}).fill('no such thing');
    await page.getByText('No finding is like that.').waitFor();
    await page.getByRole('textbox', {name: 'Filter findings'}).press('Escape');
    await expect.poll(() => whats(page)).toHaveLength(2);
  });

  it.each([
    ['By area', ['Locks (1)', 'WAL (1)', 'Replication (1)', 'Vacuum (2)']],
    [
      'By check',
      ['Sessions that block others (1)', 'archive-failing (1)', 'slot-inactive (1)', 'wraparound-near (1)'],
    ],
  ])('are grouped %s', async (name, titles) => {
    const {page} = await show();
    await page.getByRole('combobox', {name: 'Order'}).click();
    await page.getByRole('option', {name}).click();
    await expect
      .poll(() => page.locator('.finding-group h3').allInnerTexts())
      .toEqual(expect.arrayContaining(titles));
  });

  it('open to why, what to do, what it rests on and its SQL', async () => {
    const {page, health} = await show();
    await button(page, /^Warning Replication/).click();
    const body = page.locator('.finding-body');
    expect(await body.innerText()).toContain('WAL since its restart_lsn is kept for it.');
    expect(await body.locator('.finding-evidence li').allInnerTexts()).toEqual(['wal_status is extended.']);
    await button(body, 'Copy').click();
    await asked(health).toBe(`copy {"content":"SELECT pg_drop_replication_slot('debezium');"}`);
    await button(body, 'About This Check').click();
    await asked(health).toBe('openCheck {"check":"slot-inactive"}');
  });

  it('show the migration that they would write, and its way back', async () => {
    const {page} = await show();
    await button(page, /^Warning Indexes/).click();
    expect(await page.locator('.finding-sql code').allInnerTexts()).toEqual([
      'DROP INDEX CONCURRENTLY public.orders_status_idx;',
      'CREATE INDEX CONCURRENTLY orders_status_idx ON public.orders (status);',
    ]);
  });

  it.each([
    [/^VACUUM \(FREEZE\) public\.events$/, 'act {"generation":3,"finding":3,"action":0}'],
    [/^Migration: Drop the index/, 'act {"generation":3,"finding":5,"action":0}'],
    [/^Drop the slot$/, 'act {"generation":3,"finding":2,"action":0}'],
  ])('offer %s', async (name, expected) => {
    const {page, health} = await show();
    await button(page, name).click();
    await asked(health).toBe(expected);
  });

  it('are named to the host as it knows them now', async () => {
    const {page, health} = await show();
    const drop = button(page, 'Drop the slot');
    await drop.waitFor();
    health.change({view: {findings: someFindings.slice(1), generation: 4}});
    await expect.poll(() => whats(page)).toHaveLength(8);
    await drop.click();
    await asked(health).toBe('act {"generation":4,"finding":1,"action":0}');
  });

  it('offer no maintenance over a connection that is read-only', async () => {
    const {page} = await show({connection: {...healthView().connection, readOnly: true}});
    await button(page, /^Migration/).waitFor();
    expect(await button(page, /^VACUUM/).count()).toBe(0);
  });

  it('lead to the session, the table and the statement they are about', async () => {
    const {page} = await show();
    await button(page, 'Show Session 4021').click();
    await expect.poll(() => page.locator('.grid-row[aria-selected=true]').innerText()).toContain('4021');
    await tab(page, 'Overview').click();
    await button(page, /^Note Queries/).click();
    await button(page, 'Show in Queries').click();
    await page.locator('.slot-queries .details').getByText('date_trunc').waitFor();
    await tab(page, 'Overview').click();
    await button(page, /^Warning Vacuum public\.orders/).click();
    await button(page, 'Show in Tables').click();
    await page.getByRole('heading', {name: 'public.orders'}).waitFor();
  });

  it('stay open, and keep the focus, while their figures change', async () => {
    const {page, health} = await show();
    const head = button(page, /^Error Locks/);
    await head.click();
    await head.focus();
    const [first, ...others] = someFindings;
    if (!first) throw new Error('no finding');
    health.change({
      view: {findings: [{...first, what: 'Session 4021 blocks 9 sessions', why: 'Now nine.'}, ...others]},
    });
    await page.getByText('Now nine.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('blocks 9 sessions');
    expect(await page.locator('.announcement').innerText()).toBe('');
  });

  it('that are new errors are said to screen readers', async () => {
    const {page, health} = await show();
    const [first] = someFindings;
    if (!first) throw new Error('no finding');
    const added = {
      ...first,
      subject: {kind: 'session', pid: 9},
      what: 'Session 9 blocks 2 sessions',
    } as const;
    health.change({view: {findings: [...someFindings, added]}});
    await page.locator('.announcement').getByText('New: Session 9 blocks 2 sessions').waitFor();
  });

  it('of one kind are cut where they are many', async () => {
    const many = Array.from({length: 300}, (_, index) => ({
      ...(someFindings[5] ?? someFindings[0]!),
      subject: {kind: 'index', schema: 'public', name: `i${index}`, table: 't'} as const,
      what: `i${index} was not used`,
    }));
    const {page} = await show({findings: many});
    expect(await whats(page)).toHaveLength(8);
    await button(page, 'Show 292 more').click();
    await expect.poll(() => whats(page)).toHaveLength(300);
  });
});

describe('who waits for whom', () => {
  it('is a tree with time and lock, above the sessions', async () => {
    const {page} = await show();
    await tab(page, 'Sessions').click();
    await page.getByText('4 sessions wait for 1 other').waitFor();
    const lines = await page
      .locator('.node')
      .evaluateAll(nodes =>
        nodes.map(
          node => `${node.getAttribute('aria-level')} ${node.querySelector('.node-words')?.textContent}`,
        ),
      );
    expect(lines.slice(0, 3)).toEqual([
      '1 4021 anna, psqlblocks 4 sessionsidle in transaction for 13 min, transaction open for 14 min 8 s',
      '2 4107 migrator, golang-migrateblocks 3 sessionswaits for ACCESS EXCLUSIVE on public.orders for 3 min',
      '3 4112 shop, shop-apiwaits for ACCESS SHARE on public.orders for 2 min 40 s',
    ]);
  });

  it.each([
    ['Terminate Session 4021…', 4021, 'terminateBackend'],
    ['Cancel Query of 4107…', 4107, 'cancelBackend'],
  ])('%s', async (name, pid, request) => {
    const {page, health} = await show();
    await tab(page, 'Sessions').click();
    await button(page, name).click();
    const startedAt = someSessions.find(one => one.pid === pid)?.startedAt;
    await asked(health).toBe(`${request} ${JSON.stringify({pid, startedAt})}`);
  });

  it('is gone when nobody waits', async () => {
    const {page, health} = await show();
    await tab(page, 'Sessions').click();
    const tree = page.getByRole('list', {name: 'Who waits for whom'});
    await tree.waitFor();
    health.change({reading: {sessions: seenPart(sessionsPart(calmSessions))}});
    await tree.waitFor({state: 'hidden'});
  });

  it('shows a prepared transaction, and what ends it', async () => {
    const gid = "it's one";
    const rows = [session(1, {blockedBy: [0], state: 'active', waitType: 'Lock', wait: 'transactionid'})];
    const prepared = [{gid, owner: 'anna', database: 'shop', preparedAt: at - 3_600_000, age: 100}];
    const {page, health} = await show({
      reading: {...someReading, sessions: seenPart({...sessionsPart(rows), prepared})},
    });
    await tab(page, 'Sessions').click();
    await page.getByText('prepared 1 h ago by anna').waitFor();
    await button(page, 'Copy ROLLBACK PREPARED').click();
    await asked(health).toBe(`copy {"content":"ROLLBACK PREPARED 'it''s one';"}`);
  });
});

describe('sessions', () => {
  it('are filtered by what they do', async () => {
    const {page} = await show();
    await tab(page, 'Sessions').click();
    await button(page, /^Idle in transaction ?1$/).click();
    await expect.poll(() => firstCells(page, 9)).toEqual(['4021']);
    await button(page, /^Server ?3$/).click();
    await expect.poll(() => firstCells(page, 9)).toHaveLength(3);
    await button(page, /^Clients/).click();
    await page.getByRole('textbox', {name: 'Filter sessions'}).fill('metabase');
    await expect.poll(() => firstCells(page, 9)).toEqual(['4190']);
  });

  it('are counted by application, and shown of one', async () => {
    const {page} = await show();
    await tab(page, 'Sessions').click();
    const chips = page.getByRole('group', {name: 'Applications'}).getByRole('button');
    expect(await chips.allInnerTexts()).toEqual([
      'shop-api\n27',
      'golang-migrate\n1',
      'Howdah\n1',
      'metabase\n1',
      'psql\n1',
    ]);
    await chips.filter({hasText: 'metabase'}).click();
    await expect.poll(() => firstCells(page, 9)).toEqual(['4190']);
    await chips.filter({hasText: 'metabase'}).click();
    await expect.poll(() => firstCells(page, 9)).toHaveLength(9);
  });

  it('show the one that is selected, and offer nothing for our own', async () => {
    const {page, health} = await show({
      reading: {...someReading, sessions: seenPart(sessionsPart(calmSessions))},
    });
    await tab(page, 'Sessions').click();
    await row(page, /metabase/).click();
    const details = page.getByRole('region', {name: 'Session'});
    await details.getByText('IO DataFileRead').waitFor();
    await button(details, 'Open Query in Editor').click();
    await asked(health).toBe('openQuery {"pid":4190}');
    await row(page, /^4200/).click();
    await page.getByRole('heading', {name: 'Session 4200'}).waitFor();
    expect(await button(details, /Terminate/).count()).toBe(0);
  });

  it('have a menu, by a button and by the keyboard', async () => {
    const {page, health} = await show({
      reading: {...someReading, sessions: seenPart(sessionsPart(calmSessions))},
    });
    await tab(page, 'Sessions').click();
    await button(page, 'Actions: session 4190').click();
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual([
      'Cancel Query…',
      'Terminate Session…',
      'Open Query in Editor',
      'Copy PID',
    ]);
    await page.keyboard.press('Escape');
    await page.getByRole('grid', {name: 'Sessions'}).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', {name: 'Copy PID'}).click();
    await asked(health).toBe('copy {"content":"4190"}');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  });

  it('keep selection, focus, scroll and selected text while they change', async () => {
    const many = Array.from({length: 400}, (_, index) =>
      session(5000 + index, {transactionAt: at - 1000 * (400 - index)}),
    );
    const {page, health} = await show({reading: {...someReading, sessions: seenPart(sessionsPart(many))}});
    await tab(page, 'Sessions').click();
    const grid = page.getByRole('grid', {name: 'Sessions'});
    await grid.focus();
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('PageDown');
    const selected = (): Promise<string | null> =>
      page.locator('.grid-row[aria-selected=true] .grid-cell').first().textContent();
    const before = {selected: await selected(), top: await grid.evaluate(one => one.scrollTop)};
    expect(before.top).toBeGreaterThan(500);
    const text = await page.evaluate(() => {
      const code = document.querySelector('.grid-row[aria-selected=true] code');
      if (code === null) return '';
      getSelection()?.selectAllChildren(code);
      return String(getSelection());
    });
    for (let look = 1; look <= 5; look += 1) {
      const rows = many
        .slice(look)
        .map(one => ({...one, stateAt: at - look * 1000, query: `SELECT ${look}`}));
      health.change({reading: {sessions: {...seenPart(sessionsPart(rows)), at: at + look * 1000}}});
    }
    await page.getByText('SELECT 5').first().waitFor();
    expect(await selected()).toBe(before.selected);
    expect(await grid.evaluate(one => one.scrollTop)).toBe(before.top);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    expect(await page.evaluate(() => String(getSelection()))).toBe(text);
  });

  it('that are led to and gone are said to be gone', async () => {
    const {page, health} = await show();
    health.show({kind: 'session', pid: 4190});
    await page.getByRole('heading', {name: 'Session 4190'}).waitFor();
    health.show({kind: 'session', pid: 1});
    await page.getByText('Session 1 is gone.').waitFor();
  });
});

describe('statements', () => {
  it('have shares, trends and what can be done', async () => {
    const {page, health} = await show();
    await tab(page, 'Queries').click();
    await page.getByText('2/s at 0.900 ms').waitFor();
    await row(page, /date_trunc/).dblclick();
    await asked(health).toBe('explain {"statement":"-8123712893712312"}');
    await row(page, /not visible to this role/).waitFor();
    await page.getByRole('textbox', {name: 'Filter statements'}).fill('carts');
    await expect.poll(() => page.locator('.slot-queries .grid-row').count()).toBe(1);
  });

  it('that nobody counts are explained, with what enables them', async () => {
    const {page, health} = await show({
      reading: {
        ...someReading,
        statements: {kind: 'hidden', why: 'It is not installed.', advice: 'CREATE EXTENSION …'},
      },
    });
    await tab(page, 'Queries').click();
    await page.getByText('It is not installed.').waitFor();
    expect(await page.getByRole('grid', {name: 'Statements'}).isVisible()).toBe(false);
    await button(page, 'Enable pg_stat_statements…').click();
    await asked(health).toBe('enableStatements');
  });
});

describe('tables', () => {
  it.each([
    ['VACUUM (ANALYZE)', 'maintain {"command":"vacuum","schema":"public","name":"orders"}'],
    ['ANALYZE', 'maintain {"command":"analyze","schema":"public","name":"orders"}'],
    ['VACUUM (FREEZE)', 'maintain {"command":"vacuum-freeze","schema":"public","name":"orders"}'],
    ['Reveal in Tree', 'reveal {"schema":"public","name":"orders","kind":"relation"}'],
  ])('offer %s', async (name, expected) => {
    const {page, health} = await show();
    await tab(page, 'Tables').click();
    await button(page, 'Actions: public.orders').click();
    await page.getByRole('menuitem', {name, exact: true}).click();
    await asked(health).toBe(expected);
  });

  it('are sorted by a click, the other way by the next, and by several with Shift', async () => {
    const {page} = await show();
    await tab(page, 'Tables').click();
    const head = (name: string): ReturnType<Page['getByRole']> =>
      page.getByRole('columnheader', {name, exact: false});
    expect(await head('Size').getAttribute('aria-sort')).toBe('descending');
    await button(page, 'Dead rows').click();
    await expect.poll(() => firstCells(page, 2)).toEqual(['public.orders', 'public.carts']);
    await button(page, 'Dead rows').click();
    expect(await head('Dead rows').getAttribute('aria-sort')).toBe('ascending');
    await button(page, 'Table').click({modifiers: ['Shift']});
    await expect
      .poll(() => firstCells(page, 3))
      .toEqual(['public.events', 'public.sessions_unlogged', 'billing.invoices']);
    expect(await page.locator('.slot-tables [aria-sort]').count()).toBe(1);
    await button(page, 'Dead rows').click();
    await button(page, 'Dead rows').click();
    await button(page, 'Dead rows').click();
    expect(await page.locator('.slot-tables [aria-sort]').count()).toBe(0);
  });

  it('are walked with the keyboard, cell by cell', async () => {
    const {page} = await show();
    await tab(page, 'Tables').click();
    const grid = page.getByRole('grid', {name: 'Tables'});
    await grid.focus();
    const active = (): Promise<string | undefined> =>
      grid.evaluate(
        one => document.querySelector(`#${one.getAttribute('aria-activedescendant')}`)?.textContent ?? '',
      );
    await page.keyboard.press('Home');
    expect(await active()).toContain('public.events');
    const presses: readonly [string, string][] = [
      ['ArrowRight', 'public.events'],
      ['ArrowRight', ' 31 GB'],
      ['ArrowDown', ' 8.4 GB'],
      ['ArrowLeft', 'public.orders'],
      ['End', 'public.sessions_unlogged'],
    ];
    for (const [key, expected] of presses) {
      await page.keyboard.press(key);
      expect(await active(), key).toBe(expected);
    }
  });

  it('have heads that are one stop of the Tab key, and walked with the arrows', async () => {
    const {page} = await show();
    await tab(page, 'Tables').click();
    const heads = page.locator('.slot-tables .grid-head button');
    expect(await heads.evaluateAll(all => all.filter(one => one.tabIndex === 0).length)).toBe(1);
    await heads.first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.slot-tables [aria-sort]').innerText()).toContain('Rows');
  });

  it('have columns that are shown and hidden, and stay so', async () => {
    const {page} = await show();
    await tab(page, 'Tables').click();
    await button(page, 'Columns').filter({visible: true}).click();
    await page.getByRole('checkbox', {name: /^Bloat/, checked: true}).uncheck();
    await page.getByRole('checkbox', {name: /^HOT/, checked: false}).check();
    await button(page, 'Done').click();
    await page.getByRole('columnheader', {name: 'Bloat'}).waitFor({state: 'detached'});
    await page.getByRole('columnheader', {name: 'HOT'}).waitFor();
    const saved = await page.evaluate((): unknown => Reflect.get(window, 'savedState'));
    expect(saved).toMatchObject({choices: {hidden: {tables: expect.arrayContaining(['bloat'])}}});
  });

  it('of any number are in the document only as far as they are in sight', async () => {
    const many = Array.from({length: 3000}, (_, index) =>
      table(20_000 + index, `t_${index}`, {bytes: index}),
    );
    const {page} = await show({
      reading: {...someReading, tables: seenPart({rows: [...someTables, ...many], autovacuum: true})},
    });
    await tab(page, 'Tables').click();
    await row(page, /public\.events/).waitFor();
    expect(await page.locator('.slot-tables .grid-row').count()).toBeLessThan(60);
    await page.getByRole('grid', {name: 'Tables'}).focus();
    await page.keyboard.press('End');
    await row(page, /public\.t_0 /).waitFor();
    expect(await page.locator('.slot-tables [role=grid]').getAttribute('aria-rowcount')).toBe('3008');
  });
});
