import {readFile, stat, truncate} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {largePlan} from '../rig/large-plan.ts';
import {answerFileDialog} from '../rig/vscode-file-dialog.ts';
import {markedText} from '../rig/vscode-marks.ts';
import {explainPanel, type ExplainPanelUser} from '../rig/vscode-explain-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, sessionsIn, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type ThemeName, type VsCode} from '../rig/vscode.ts';
import {fillShop, statements} from './explain-shop.ts';
import {shop} from './shop.ts';

const connection = '.env DATABASE_URL';
const wait = {timeout: 30_000};
const themes: readonly ThemeName[] =
  process.env['HOWDAH_THEMES'] === 'all'
    ? ['light', 'dark', 'high-contrast', 'high-contrast-light']
    : ['high-contrast'];
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let panel: ExplainPanelUser;

steps('explain-panel', () => code);

beforeAll(async () => {
  database = await createDatabase(17, 'plans');
  await fillShop(database);
  workspace = await createWorkspace({'.env': `DATABASE_URL=${database.url}\n`, ...statements});
  for (const {name, up, down} of shop) await workspace.migration(name, up, down);
  code = await startVsCode({workspace: workspace.path, theme: 'dark'});
  await code.page.setViewportSize({width: 1680, height: 1050});
  panel = explainPanel(code);
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

const left = (): ReturnType<VsCode['page']['locator']> =>
  code.page.locator('.editor-group-container').first();

async function openLeft(file: string): Promise<void> {
  const active = left().locator('.tab.active');
  if ((await active.count()) > 0) await active.click();
  await code.openFile(file);
}

async function lens(file: string, title: 'Explain' | 'Analyze'): Promise<void> {
  await openLeft(file);
  await code
    .codeLens(new RegExp(`^${title}$`))
    .first()
    .click();
}

describe('a plan of a statement in the editor', () => {
  it('is shown with its target, and says how it was made', async () => {
    await lens('join.sql', 'Analyze');
    await panel.says('Explain Analyze, read-only transaction');
    await panel.node(/^Seq Scan on orders o/).waitFor();
    const text = await panel.text();
    expect(text).toContain(connection);
    expect(text).toContain(`postgres@127.0.0.1:${database.port}/${database.name}`);
    expect(text).toContain('PostgreSQL 17');
  });

  it('has no way out of its page', async () => {
    const policy = panel.page.locator('meta[http-equiv="Content-Security-Policy"]');
    expect(await policy.getAttribute('content')).toMatch(
      /^default-src 'none'; script-src 'nonce-[^']+'; style-src/,
    );
    const refusedBy = await panel.page.locator('body').evaluate(
      (_, address) =>
        new Promise(resolve => {
          document.addEventListener('securitypolicyviolation', event => resolve(event.effectiveDirective));
          fetch(address, {mode: 'no-cors'}).then(
            () => resolve('fetched'),
            () => {},
          );
        }),
      code.page.url(),
    );
    expect(refusedBy).toBe('connect-src');
  });

  it.each([
    ['Seq Scan on customers', /^Seq Scan on customers c/, 'customers AS c'],
    ['Sort', /^Sort/, 'o.total'],
    ['Seq Scan on orders', /^Seq Scan on orders o/, 'orders AS o'],
  ])('marks in the statement what its %s is about, and keeps the keyboard', async (_, node, marked) => {
    await panel.choose(node);
    await expect.poll(() => markedText(left()), wait).toBe(marked);
    expect(await code.page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
    await panel.page.getByRole('tab', {name: 'Node'}).click();
    await panel.says(/^All \d+ fields/);
  });

  it('is looked at in five ways, by keyboard', async () => {
    const views = ['Graph', 'Flame', 'Table', 'Raw', 'Summary'] as const;
    await panel.view('Graph').focus();
    for (const [index, name] of views.entries()) {
      await code.page.keyboard.press(String(index + 1));
      await expect.poll(() => panel.view(name).getAttribute('aria-selected'), wait).toBe('true');
    }
    await code.page.keyboard.press('1');
    await panel.node(/^Seq Scan on orders o/).waitFor();
  });

  it('shows the table of a node in the tree', async () => {
    await panel.choose(/^Seq Scan on orders o/);
    await panel.button('Show the table in the tree: orders').click();
    await code.treeRow(/^orders,/).waitFor();
    await expect.poll(() => code.treeRow(/^orders,/).getAttribute('aria-selected'), wait).toBe('true');
  });

  it('says when the statement in the file is another one by now', async () => {
    await openLeft('join.sql');
    await left().locator('.view-line').last().click();
    await code.page.keyboard.press('Control+Home');
    await code.page.keyboard.insertText('-- moved down\n');
    await panel.choose(/^Sort/);
    await expect.poll(() => markedText(left()), wait).toBe('o.total');
    await left().locator('.view-line', {hasText: 'WHERE o.status'}).click();
    await code.page.keyboard.press('End');
    await code.page.keyboard.insertText(' AND true');
    await expect.poll(() => markedText(left()), wait).toBe('');
    await panel.choose(/^Seq Scan on orders o/);
    await panel.button('Show in SQL').click();
    await panel.says('could not be told');
    expect(await markedText(left())).toBe('');
  });

  it('that was rolled back says so', async () => {
    await lens('delete.sql', 'Analyze');
    await code.answer('Run and Roll Back');
    await panel.says('Explain Analyze, rolled back');
    await panel.node(/Delete.* on orders/).waitFor();
    expect(await database.sql('SELECT count(*)::int AS n FROM orders')).toEqual([{n: 100_000}]);
  });

  it('that takes long is cancelled on the server, which says so', async () => {
    await lens('sleep.sql', 'Analyze');
    const sleeping = async (): Promise<number> =>
      (await sessionsIn(database)).filter(session => session.includes('pg_sleep')).length;
    await expect.poll(sleeping, wait).toBe(1);
    await panel.says(/^Executing/);
    await panel.button('Cancel').click();
    await panel.says('The server confirmed that it stopped the statement');
    expect(await sleeping()).toBe(0);
  });

  it('that failed is told in the server’s words', async () => {
    await lens('missing.sql', 'Explain');
    await panel.says('column "no_such_column" does not exist');
    await panel.says('SQLSTATE 42703');
    await panel.button('Open in the editor').click();
    await code.statusBar('(14 selected)').waitFor();
  });
});

describe('advice', () => {
  const last = async (table: string, what: 'analyze' | 'vacuum'): Promise<unknown> =>
    (
      await database.sql(
        `SELECT last_${what} IS NOT NULL AS done FROM pg_stat_user_tables WHERE relid = '${table}'::regclass`,
      )
    )[0]?.['done'];

  it.each([
    {
      kind: 'analyze',
      mode: 'Explain',
      table: 'events',
      finding: 'stale-statistics',
      effect: 'It reads a sample of the table and stores new statistics.',
      kept: `SELECT count(*)::int AS n FROM pg_stats WHERE tablename = 'events'`,
    },
    {
      kind: 'vacuum',
      mode: 'Analyze',
      table: 'clicks',
      finding: 'heap-fetches',
      effect: 'It reads the table and frees the space of dead rows.',
      kept: `SELECT (relallvisible > 0)::int AS n FROM pg_class WHERE oid = 'clicks'::regclass`,
    },
  ] as const)('to $kind a table is taken once confirmed, and seen in the next plan', async advice => {
    const {kind, mode, table, finding, effect, kept} = advice;
    const sql = `${kind.toUpperCase()} public.${table}`;
    await lens(`${table}.sql`, mode);
    await panel.node(new RegExp(`Scan.* on ${table}`)).waitFor();
    await panel.open(finding);
    await panel.says('Checked against the catalog.');
    const run = panel.button(`Run ${kind.toUpperCase()}…`);
    await run.click();
    await code.dialog.waitFor();
    const question = await code.dialog.innerText();
    for (const words of [`Run ${sql}`, `Target: ${connection}`, effect]) expect(question).toContain(words);
    await code.page.keyboard.press('Escape');
    await code.dialog.waitFor({state: 'detached'});
    expect(await last(table, kind)).toBe(false);
    expect(await database.sql(kept)).toEqual([{n: 0}]);
    await run.click();
    await code.answer('Run');
    await expect.poll(() => last(table, kind), wait).toBe(true);
    expect(await database.sql(kept)).toEqual([{n: 1}]);
    await code.notificationAction(`${sql} on ${connection}: done.`, 'Explain Again');
    await panel.finding(finding).waitFor({state: 'detached'});
    await panel.node(new RegExp(`Scan.* on ${table}`)).waitFor();
    await panel.page.getByRole('tab', {name: /^Findings/}).click();
    await panel.says('Checked against the catalog.');
    expect(await panel.finding(finding).count()).toBe(0);
  });
});

describe('runs of a statement', () => {
  it('tell when one is slower than usual', async () => {
    await lens('wait.sql', 'Analyze');
    await code.input('0.01');
    for (let run = 0; run < 3; run += 1) {
      await panel.node(/^Result/).waitFor();
      const when = await panel.page.locator('.when').innerText();
      // The page shows seconds.
      await code.page.waitForTimeout(1000);
      if (run < 2) await panel.menu('Run again', 'Explain Analyze: execute it');
      if (run < 2) await expect.poll(() => panel.page.locator('.when').innerText(), wait).not.toBe(when);
    }
    await panel.menu('Run again', 'Change the values…');
    await code.input('0.3');
    await panel.says(/times as slow as usual/);
    await panel.says('The plan is the same');
  });

  it('lead from advice to a what-if and to a migration of the project’s own tool', async () => {
    await lens('lookup.sql', 'Analyze');
    await panel.says('Reads all of orders');
    await panel.says('Checked against the catalog.');
    await panel.button('Try the index').click();
    await panel.button('Plan with the index').click();
    await panel.says('Without and with the index');
    await panel.says(/Index Scan|Bitmap/);
    await code.screenshot('explain-what-if');
    await panel.button('Back to the plan').click();
    await panel.button('Create migration').click();
    await code.editorTab('000005_add_orders_customer_id_idx.up.sql').waitFor();
    const up = await workspace.read('migrations/000005_add_orders_customer_id_idx.up.sql');
    expect(up).toMatch(
      /\nCREATE INDEX CONCURRENTLY orders_customer_id_idx ON public\.orders .*\(customer_id\);\n$/,
    );
    expect(await workspace.read('migrations/000005_add_orders_customer_id_idx.down.sql')).toMatch(
      /\nDROP INDEX CONCURRENTLY IF EXISTS public\.orders_customer_id_idx;\n$/,
    );
    expect(await database.sql(`SELECT to_regclass('orders_customer_id_idx') AS made`)).toEqual([
      {made: null},
    ]);
  });

  it('are compared step by step', async () => {
    await database.sql('CREATE INDEX orders_customer_id_idx ON orders (customer_id)');
    await panel.menu('Run again', 'Explain Analyze: execute it');
    await panel.node(/^(Index|Bitmap Heap) Scan.* on orders/).waitFor();
    await panel.button('Compare').click();
    await panel.page
      .getByRole('dialog')
      .getByRole('button', {name: /another plan/})
      .first()
      .click();
    await panel.says('Before and after');
    await panel.says('The plans differ.');
    await code.screenshot('explain-compare');
    await panel.button('Back to the plan').click();
  });
});

describe('files', () => {
  it.each([
    ['Save as JSON…', 'plan.json', (bytes: Buffer) => JSON.parse(bytes.toString())],
    [
      'Save as Markdown…',
      'plan.md',
      (bytes: Buffer) => expect(bytes.toString()).toContain('Bitmap Index Scan'),
    ],
    [
      'Save as SVG…',
      'plan.svg',
      (bytes: Buffer) => expect(bytes.toString()).toMatch(/^<svg[^]*orders_customer_id_idx/),
    ],
    ['Save as PNG…', 'plan.png', (bytes: Buffer) => expect(bytes.subarray(1, 4).toString()).toBe('PNG')],
  ])('%s', async (item, name, check) => {
    await panel.menu('Export', item);
    await answerFileDialog(code, join(workspace.path, name));
    const size = async (): Promise<number> =>
      stat(join(workspace.path, name)).then(
        ({size}) => size,
        () => 0,
      );
    await expect.poll(size, wait).toBeGreaterThan(0);
    check(await readFile(join(workspace.path, name)));
  });

  it('with a plan as text in psql’s frame is opened', async () => {
    const rows = await database.sql('EXPLAIN (ANALYZE) SELECT id FROM orders WHERE customer_id = 7');
    const lines = rows.map(row => ` ${String(row['QUERY PLAN'])}`);
    await workspace.write(
      'psql.txt',
      [' QUERY PLAN ', '-----------', ...lines, `(${lines.length} rows)`, ''].join('\n'),
    );
    await code.command('Howdah: Open Plan from File');
    await answerFileDialog(code, join(workspace.path, 'psql.txt'));
    await code.editorTab('psql.txt').waitFor();
    await panel
      .node(/orders_customer_id_idx/)
      .first()
      .waitFor();
    await panel.says('Opened plan');
    await panel.page.getByRole('tab', {name: /^Findings/}).click();
    await panel.says('Nothing is known of the database this plan was made on.');
  });

  it('that was saved is opened again', async () => {
    await code.command('Howdah: Open Plan from File');
    await answerFileDialog(code, join(workspace.path, 'plan.json'));
    await code.editorTab('plan.json').waitFor();
    await panel
      .node(/orders_customer_id_idx/)
      .first()
      .waitFor();
  });

  it('of 100 MB is opened within a minute, and the editor answers meanwhile', async () => {
    const nodes = 73_000;
    const text = largePlan(nodes);
    expect(text.length).toBeGreaterThan(100_000_000);
    await workspace.write('large.json', text);
    await code.command('Howdah: Open Plan from File');
    await answerFileDialog(code, join(workspace.path, 'large.json'));
    await code.editorTab('large.json').waitFor();
    await panel.says('Reading the plan…');
    const started = performance.now();
    await openLeft('values.sql');
    await code.codeLens(/^Explain$/).waitFor({timeout: 5000});
    const count = panel.page.getByText(`${nodes.toLocaleString('en')} nodes`);
    expect(await count.count()).toBe(0);
    await count.waitFor({timeout: 60_000});
    expect(performance.now() - started).toBeLessThan(60_000);
    await panel.view('Table').click();
    await panel.page.locator('[role=row][aria-selected=true]').click();
    await code.page.keyboard.press('Home');
    const root = panel.page.getByRole('row', {name: /^Nested Loop/, selected: true, level: 1});
    await root.waitFor({timeout: 5000});
    await panel.view('Graph').click();
  });

  it('of more than 256 MiB is refused, with its size and what to do', async () => {
    await workspace.write('larger.log', '');
    await truncate(join(workspace.path, 'larger.log'), 256 * 1024 * 1024 + 1);
    await code.command('Howdah: Open Plan from File');
    await answerFileDialog(code, join(workspace.path, 'larger.log'));
    await code.notification('The file has 257 MiB; plans of up to 256 MiB can be opened.').waitFor();
    await code.notification('Cut the one plan you want to look at out of the log.').waitFor();
    expect(await code.editorTab('larger.log').count()).toBe(0);
    await code.dismissNotifications();
  });

  it('that is no plan says so', async () => {
    await openLeft('notes.sql');
    await code.command('Howdah: Open Text in Editor as Plan');
    await panel.says('This is not a plan that can be read');
  });
});

describe('after the window was loaded again', () => {
  it('a panel shows its plan as before', async () => {
    await lens('join.sql', 'Explain');
    await panel.node(/^Seq Scan on orders o/).waitFor();
    // The editor writes down what is open once in a few seconds.
    await code.page.waitForTimeout(6000);
    await code.reload();
    await panel.node(/^Seq Scan on orders o/).waitFor(wait);
    await panel.choose(/^Sort/);
    await expect.poll(() => markedText(left()), wait).toBe('o.total');
  });

  it.each(themes)('it can be read: %s', async theme => {
    await code.setTheme(theme);
    await panel.node(/^Seq Scan on orders o/).waitFor();
    await code.screenshot(`explain-${theme}`);
  });

  it('has left no error behind', async () => {
    expect(await code.extensionHostErrors()).toEqual([]);
  });
});
