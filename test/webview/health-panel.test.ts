import {describe, expect, it} from 'vitest';
import {Reading} from '../../src/core/health/parts.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {asked, button, healthPages, row, tab} from './health-page.ts';
import {healthView, nothingYet} from './health-rig.ts';
import {someFindings, someGrades} from './health-findings.ts';
import {at} from './health-units.ts';
import {someReading} from './health-values.ts';

const show = healthPages();

const lost: HealthView['watching'] = {
  kind: 'lost',
  since: Date.now(),
  failure: {message: 'Connection refused', advice: 'Is the server running?'},
  retryAt: Date.now() + 60_000,
  attempts: 3,
};

describe('the verdict', () => {
  const of = (...severities: readonly string[]): Partial<HealthView> => ({
    findings: someFindings.filter(({severity}) => severities.includes(severity)),
  });
  it.each<[string, Partial<HealthView>]>([
    ['shop needs somebody today: 2 errors, 5 warnings and 2 notes', {}],
    ['shop works, with 5 warnings and 2 notes', of('warning', 'information')],
    ['shop is well, with 2 notes', of('information')],
    ['shop is well', of()],
    ['shop: nothing found so far', {...of(), wholeAt: null}],
    ['Looking at shop…', nothingYet],
    ['shop cannot be reached', {...nothingYet, watching: lost}],
  ])('is %j', async (text, view) => {
    const {page} = await show(view);
    expect(await page.locator('h1').innerText()).toBe(text);
  });
});

describe('the head', () => {
  it('says who is looked at, and what a look costs', async () => {
    const {page} = await show();
    const words = await page.locator('.head').innerText();
    for (const text of ['Production', 'app@db.example.com:5432/shop', 'PostgreSQL 16.4', 'up 31 d 4 h'])
      expect(words).toContain(text);
    expect(words).toContain('One look costs the server 14.2 ms and 310 rows');
  });

  it('signs a standby and a read-only connection', async () => {
    const {server} = someReading;
    if (server?.kind !== 'seen') throw new Error('no server');
    const standby = {...server, value: {...server.value, standby: true}};
    const {connection} = healthView();
    const {page} = await show({
      reading: {...someReading, server: standby},
      connection: {...connection, readOnly: true},
    });
    expect(await page.locator('.who .sign').allInnerTexts()).toEqual(['Standby', 'Read-only']);
  });

  it.each([
    ['Pause', 'pause {"paused":true}'],
    ['Look at Everything', 'refresh'],
    ['Indexes', 'openIndexes'],
  ])('%s', async (name, expected) => {
    const {page, health} = await show();
    await page.getByRole('button', {name, exact: true}).click();
    await asked(health).toBe(expected);
  });

  it('goes on after a pause', async () => {
    const {page, health} = await show();
    health.change({view: {watching: {kind: 'paused', since: Date.now()}}});
    await button(page, 'Resume').click();
    await asked(health).toBe('pause {"paused":false}');
    await page.getByText('Paused').waitFor();
  });

  it('looks more seldom', async () => {
    const {page, health} = await show();
    await page.getByRole('combobox', {name: 'Time between two looks'}).click();
    await page.getByRole('option', {name: 'every 30 s'}).click();
    await asked(health).toBe('setInterval {"milliseconds":30000}');
  });

  it('makes reports', async () => {
    const {page, health} = await show();
    await button(page, 'Report').click();
    await page.getByRole('menuitem', {name: 'Copy as Markdown'}).click();
    await asked(health).toBe('report {"format":"markdown","to":"clipboard"}');
    await page.getByText('Copied.').waitFor();
  });

  it('says that the connection is lost, counts down and is tried again', async () => {
    const {page, health} = await show();
    health.change({view: {watching: {...lost, retryAt: Date.now() + 9000}}});
    await page.getByText(/^Trying again in \d s; attempt 3\. What is shown is from before/).waitFor();
    await page.getByText('Is the server running?').waitFor();
    expect(await page.locator('.announcement').innerText()).toBe('The connection was lost.');
    await button(page, 'Retry Now').click();
    await asked(health).toBe('retry');
    health.change({view: {watching: {kind: 'live'}}});
    await page.getByText('Connected again.').filter({visible: true}).first().waitFor();
    expect(await page.locator('.lost').isVisible()).toBe(false);
  });
});

describe('grades', () => {
  it('say letter, word and reason, and lead to what was found', async () => {
    const {page} = await show();
    await button(
      page,
      'Replication: grade C, Fair. Slot debezium is inactive for 3 days and keeps 18 GB of WAL. Show 1 finding.',
    ).click();
    expect(await page.locator('.finding-what').allInnerTexts()).toEqual([
      'Slot debezium is inactive for 3 days and keeps 18 GB of WAL',
    ]);
    await page.getByText('1 of 9 findings').waitFor();
    await button(page, /Replication Show all areas/).click();
    await expect.poll(() => page.locator('.finding').count()).toBe(9);
  });

  it('say that nothing could be seen', async () => {
    const {page} = await show();
    expect(await page.locator('.grade').last().getAttribute('aria-label')).toBe(
      'Security: Not seen. This role may not read pg_authid. Show 1 finding.',
    );
  });
});

describe('figures', () => {
  it.each([
    /^connections, 31 now, between \d+ and \d+ in 10 minutes$/,
    /^transactions per second, \d+\/s now, between \d+\/s and \d+\/s in 10 minutes$/,
    /^sessions that wait for a lock, 4 now, between 0 and 4 in 10 minutes$/,
    /^that the replica farthest behind has not replayed, 2\d\d MB now/,
  ])('have curves in words: %s', async name => {
    const {page} = await show();
    await page.getByRole('img', {name}).waitFor();
  });

  it('leave a gap where a sample has no rate, and where none was taken', async () => {
    const {page, health} = await show();
    const line = page.getByRole('img', {name: /^transactions/}).locator('.sparkline-line');
    const runs = async (): Promise<number> => ((await line.getAttribute('d')) ?? '').split('M').length - 1;
    expect(await runs()).toBe(2);
    health.change({samples: [{at: at + 60_000, connections: 30, rates: {seconds: 5, transactions: 100}}]});
    await expect.poll(runs).toBe(3);
  });

  it('say nothing of what is not known yet', async () => {
    const {page} = await show(nothingYet);
    await page.getByRole('img', {name: 'transactions per second, not known yet'}).waitFor();
    expect(await page.locator('.tile-figure').first().innerText()).toBe('–');
  });

  it('keep their scale while values change a little', async () => {
    const {page, health} = await show();
    const line = page.getByRole('img', {name: /^rows written/}).locator('.sparkline-line');
    const first = ((await line.getAttribute('d')) ?? '').split('M')[1]?.split(' ')[1]?.split('L')[0];
    const last = healthView().samples.at(-1);
    if (!last) throw new Error('no sample');
    // The window begins later by one second: what was first stays at its height.
    health.change({samples: [{...last, at: last.at + 1000}]});
    await page.getByRole('img', {name: /^rows written/}).waitFor();
    const again = ((await line.getAttribute('d')) ?? '').split('M')[1]?.split(' ')[1]?.split('L')[0];
    expect(again).toBe(first);
  });
});

describe('the parts', () => {
  it('are tabs with counts, and with a mark for what was found', async () => {
    const {page} = await show();
    expect(await page.getByRole('tab').allInnerTexts()).toEqual([
      'Overview\n9\n, errors',
      'Sessions\n31\n, errors',
      'Queries\n1,204',
      'Tables\n6\n, warnings',
      'Server\n, errors',
    ]);
    await tab(page, 'Overview').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('grid', {name: 'Sessions'}).waitFor();
    await page.keyboard.press('End');
    await page.getByRole('heading', {name: /^Settings/}).waitFor();
  });

  it('are kept open over a restart', async () => {
    const {page} = await show();
    await tab(page, 'Tables').click();
    const saved = (): Promise<unknown> => page.evaluate((): unknown => Reflect.get(window, 'savedState'));
    await expect.poll(saved).toMatchObject({connection: {id: 'c1'}, choices: {tab: 'tables'}});
  });

  it('say what they wait for at first', async () => {
    const {page} = await show(nothingYet);
    for (const [name, expected] of [
      ['Sessions', 'Looking…'],
      ['Queries', 'Looking…'],
      ['Tables', 'Looking…'],
      ['Server', 'Looking…'],
    ] as const) {
      await tab(page, name).click();
      await page.getByText(expected).filter({visible: true}).first().waitFor();
    }
  });

  it('show what happened and what could not look', async () => {
    const {page} = await show();
    expect(await page.locator('.events li').allInnerTexts()).toEqual([
      expect.stringContaining('Connected again.'),
      expect.stringContaining('The statistics of statements were reset.'),
    ]);
    await page.getByText('1 check could not look').click();
    await page.getByText('Look once as a superuser.').waitFor();
  });
});

describe('maintenance', () => {
  it('is on top of every part, and is cancelled', async () => {
    const {page, health} = await show({
      maintenance: [
        {
          id: 'm1',
          title: 'VACUUM (FREEZE) public.events',
          startedAt: Date.now() - 61_000,
          state: {kind: 'running', phase: 'scanning heap', share: 0.63, cancelling: false},
        },
      ],
    });
    await tab(page, 'Server').click();
    const strip = page.getByRole('list', {name: 'Maintenance'});
    expect(await strip.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('63');
    await button(page, 'Cancel').click();
    await asked(health).toBe('cancelMaintenance {"id":"m1"}');
    health.change({
      view: {
        maintenance: [
          {
            id: 'm1',
            title: 'VACUUM (FREEZE) public.events',
            startedAt: 0,
            state: {kind: 'done', milliseconds: 81_000},
          },
        ],
      },
    });
    await strip.getByText('Done in 1 min 21 s').waitFor();
    await button(page, 'Dismiss').click();
    await asked(health).toBe('dismissMaintenance {"id":"m1"}');
    health.change({view: {maintenance: []}});
    await expect.poll(() => strip.isVisible()).toBe(false);
  });

  it('of others is shown with its progress, and not twice', async () => {
    const {page, health} = await show();
    const running = page.getByRole('region', {name: 'Running on the server'});
    expect(await running.innerText()).toContain('scanning heap, 63 % · pid 812');
    health.change({
      view: {
        maintenance: [
          {
            id: 'm1',
            title: 'VACUUM public.events',
            startedAt: Date.now(),
            state: {kind: 'running', phase: 'scanning heap', cancelling: false},
          },
        ],
      },
    });
    await expect.poll(() => running.isVisible()).toBe(false);
  });
});

describe('the whole server', () => {
  it('shows what its parts are like', async () => {
    const {page} = await show();
    await tab(page, 'Server').click();
    const words = await page.locator('.server').innerText();
    for (const text of [
      'failing: 0000000100000A41000000C2 failed 40 s ago; last archived 2 h ago',
      '812 by time, 4,120 asked for (84 %)',
      'inactive for 3 d',
      'public.events.id integer',
      'Set it to about 16 GB and restart the server.',
      'without search_path: public.pay',
      'Only a superuser sees how passwords are stored.',
      'Not installed, and worth having: pgstattuple and amcheck.',
    ])
      expect(words).toContain(text);
  });

  it('is led to by a finding about a setting', async () => {
    const {page} = await show();
    await button(page, /^Warning.*shared_buffers is 128 MB/).click();
    await button(page, 'Show in Settings').click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-setting')))
      .toBe('shared_buffers');
    expect(await row(page, /shared_buffers/).isVisible()).toBe(true);
  });
});

describe('names from the server', () => {
  it('are text, whatever they hold', async () => {
    const evil = '<img src=x onerror=alert(1)>"\'';
    const named = ['name', 'query', 'application', 'schema', 'user', 'relation', 'shown', 'title', 'table'];
    const withEvil = (key: string, value: unknown): unknown =>
      typeof value === 'string' && named.includes(key) ? `${value}${evil}` : value;
    const {page} = await show({
      connection: {...healthView().connection, name: evil, address: evil},
      findings: someFindings.map(finding => ({
        ...finding,
        what: evil,
        why: evil,
        fix: evil,
        evidence: [evil],
      })),
      grades: someGrades.map(grade => ({...grade, reason: evil})),
      events: [{at, text: evil}],
      unseen: [{title: evil, why: evil, advice: evil}],
      notice: {tone: 'bad', text: evil, more: [evil]},
      reading: Reading.parse(JSON.parse(JSON.stringify(someReading, withEvil))),
    });
    await button(page, /^Error/)
      .first()
      .click();
    for (const name of ['Sessions', 'Queries', 'Tables', 'Server']) {
      await tab(page, name).click();
      await page.getByText(evil).filter({visible: true}).first().waitFor();
    }
    expect(await page.locator('main img:not(svg), main script').count()).toBe(0);
  });
});

describe('every control', () => {
  it('has a name, and every id is there once', async () => {
    const {page} = await show();
    await button(page, /^Error WAL/).click();
    for (const name of ['Sessions', 'Queries', 'Tables', 'Server', 'Overview']) await tab(page, name).click();
    const problems = await page.evaluate(() => {
      const named = (one: Element): string =>
        (one.getAttribute('aria-label') ?? one.getAttribute('title') ?? one.textContent).trim();
      const controls = document.querySelectorAll(
        'button, [role], summary, vscode-button, vscode-dropdown, a',
      );
      const roles = new Set([
        'presentation',
        'status',
        'rowgroup',
        'row',
        'gridcell',
        'group',
        'search',
        'tablist',
      ]);
      const unnamed = [...controls].filter(one => {
        const role = one.getAttribute('role');
        return named(one) === '' && !(role !== null && roles.has(role)) && one.checkVisibility();
      });
      const ids = [...document.querySelectorAll('[id]')].map(({id}) => id);
      return {
        unnamed: unnamed.map(one => one.outerHTML.slice(0, 120)),
        twice: ids.filter((id, index) => ids.indexOf(id) !== index),
        ordered: document.querySelectorAll('[tabindex]:not([tabindex="0"], [tabindex="-1"])').length,
      };
    });
    expect(problems).toEqual({unnamed: [], twice: [], ordered: 0});
  });
});

describe('room', () => {
  it.each([
    [1500, 800],
    [1000, 720],
    [430, 860],
    [320, 640],
  ])('is enough at %i × %i: nothing is wider than the page', async (width, height) => {
    const {page} = await show();
    await page.setViewportSize({width, height});
    for (const name of ['Overview', 'Sessions', 'Queries', 'Tables', 'Server']) {
      await tab(page, name).click();
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over, name).toBeLessThanOrEqual(0);
    }
  });
});
