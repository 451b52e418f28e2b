import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {Programs, type Program} from '../postgres/health/live/programs.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {startServer, type TestServer} from '../rig/servers.ts';
import {explainPanel} from '../rig/vscode-explain-panel.ts';
import {healthPanel, type HealthPanelUser} from '../rig/vscode-health-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type ThemeName, type VsCode} from '../rig/vscode.ts';
import {startWorkload, type Workload} from '../rig/workload.ts';

const main = '.env DATABASE_URL';
const production = '.env.production DATABASE_URL';
const reader = '.env.reader DATABASE_URL';
const other = '.env.other DATABASE_URL';
const wait = {timeout: 30_000};
const themes = [
  'light',
  'dark',
  'high-contrast',
  'high-contrast-light',
] as const satisfies readonly ThemeName[];
const tabs = ['Overview', 'Sessions', 'Queries', 'Tables', 'Server'] as const;
/** Names that would be markup, or end a string, for whoever does not take care. */
const table = `a "b" <img src=x onerror=alert(1)>`;
const quotedTable = `"${table.replaceAll('"', '""')}"`;
const counting = 'SELECT count(*) FROM workload.accounts';
const program = `<b>chain</b> '1'`;

let workspace: Workspace;
let database: TestDatabase;
let server: TestServer;
let workload: Workload;
let programs: Programs;
let code: VsCode;
let panel: HealthPanelUser;

steps('health', () => code);

beforeAll(async () => {
  [database, server] = await Promise.all([createDatabase(17, 'health'), startServer(16)]);
  await database.sql(`CREATE TABLE chain (id int PRIMARY KEY, n int);
    INSERT INTO chain SELECT i, 0 FROM generate_series(1, 9) AS i;
    CREATE TABLE ${quotedTable} (id int);
    CREATE TABLE crawled (id int, filler text) WITH (autovacuum_enabled = false);
    INSERT INTO crawled SELECT i, repeat('x', 400) FROM generate_series(1, 30000) AS i;
    DELETE FROM crawled WHERE id % 2 = 0;
    CREATE ROLE "${database.name}_reader" LOGIN PASSWORD 'postgres'`);
  workload = await startWorkload(database.url, {pauseMs: 40});
  programs = new Programs(database);
  workspace = await createWorkspace({
    '.env': `DATABASE_URL=${database.url}\n`,
    '.env.production': `DATABASE_URL=${database.url}\n`,
    '.env.reader': `DATABASE_URL=${database.url.replace('//postgres:', `//${database.name}_reader:`)}\n`,
    '.env.other': `DATABASE_URL=${server.url()}\n`,
  });
  await workspace.migration('000001_first', 'CREATE TABLE first (id int);', 'DROP TABLE first;');
  code = await startVsCode({workspace: workspace.path, theme: 'dark'});
  await code.page.setViewportSize({width: 1680, height: 1050});
  panel = healthPanel(code);
});

afterAll(async () => {
  await code?.stop();
  await workload?.stop();
  await programs?.close();
  await database?.sql(`DROP OWNED BY "${database.name}_reader"; DROP ROLE "${database.name}_reader"`);
  await Promise.all([database?.drop(), server?.stop()]);
  await workspace?.dispose();
});

const tab = (connection: string): Promise<void> => code.editorTab(`Health of ${connection}`).click();
const row = (id: number): string => `UPDATE chain SET n = n + 1 WHERE id = ${id}`;

/** Five sessions, each of which holds what the next one wants. */
async function lockChain(first: string): Promise<readonly Program[]> {
  const chain = [await programs.open(first, ['BEGIN', row(1), 'SELECT 1'])];
  for (const number of [2, 3, 4, 5]) {
    chain.push(await programs.open(`chain ${number}`, ['BEGIN', row(number), row(number - 1)]));
    await programs.until(`SELECT count(*) = ${number - 1} AS done FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name LIKE 'chain%'`);
  }
  return chain;
}

async function sessionsOfEditor(): Promise<number> {
  const rows = await database.sql(`SELECT 1 FROM pg_stat_activity WHERE application_name = 'howdah'
    AND datname = current_database()`);
  return rows.length;
}

/** How fast VACUUM goes from now on. */
async function slowly(delay: string, limit: number): Promise<void> {
  await database.sql(`ALTER DATABASE "${database.name}" SET vacuum_cost_delay = '${delay}';
    ALTER DATABASE "${database.name}" SET vacuum_cost_limit = ${limit}`);
}

/** How often a table was vacuumed to the end. */
async function vacuums(): Promise<unknown> {
  const [row] = await database.sql(
    `SELECT vacuum_count::int AS count FROM pg_stat_user_tables WHERE relname = 'crawled'`,
  );
  return row?.['count'];
}

/** Closes the editor that has the focus or was opened last. */
async function closeActive(): Promise<void> {
  await code.command('View: Close Editor');
}

describe('the health of a server', () => {
  it('is opened from its connection in the tree, and graded', async () => {
    await code.openView('Howdah');
    await code.treeRow(main).waitFor();
    await code.contextMenu(main, 'Show Health');
    await code.editorTab(`Health of ${main}`).waitFor();
    await panel.says(main);
    await panel.tells(`postgres@127.0.0.1:${database.port}/${database.name}`);
    await panel.tells(/^PostgreSQL 17\./);
    await panel.page.locator('.grade').first().waitFor(wait);
    await panel.looked();
    expect(await panel.page.locator('.grade-letter').allInnerTexts()).not.toHaveLength(0);
    await panel.tells(/^One look costs the server/);
    await panel.every('1 s');
  });

  it('is opened from the palette, where there is one panel for each connection', async () => {
    await code.command('Howdah: Show Health');
    await code.quickPick(/^\.env DATABASE_URL/);
    await panel.looked();
    expect(await code.editorTab(/^Health of/).count()).toBe(1);
  });

  it('is not looked at while it is paused', async () => {
    await panel.button('Pause').click();
    await panel.tells('Paused');
    const looks = `SELECT max(state_change)::text AS last FROM pg_stat_activity WHERE application_name = 'howdah' AND datname = current_database()`;
    // A look that has begun goes on to its end.
    await code.page.waitForTimeout(1500);
    const [before] = await database.sql(looks);
    await code.page.waitForTimeout(2500);
    expect(await database.sql(looks)).toEqual([before]);
    await panel.button('Resume').click();
    await panel.tells('Live');
    await expect.poll(async () => database.sql(looks), wait).not.toEqual([before]);
  });

  it('tells that statistics were reset', async () => {
    await database.sql('SELECT pg_stat_reset()');
    await panel.open('Overview');
    await panel.tells('The statistics of the database were reset: they count from the beginning.');
  });
});

describe('sessions', () => {
  it('that wait for each other are a tree, and go on when the one at its root is terminated', async () => {
    const chain = await lockChain(program);
    await panel.open('Sessions');
    await panel.tells('4 sessions wait for 1 other');
    await expect
      .poll(() => panel.blocking(), wait)
      .toEqual([
        `1 postgres, ${program}`,
        '2 postgres, chain 2',
        '3 postgres, chain 3',
        '4 postgres, chain 4',
        '5 postgres, chain 5',
      ]);
    await code.screenshot('health-blocking-dark');
    await panel.button(`Terminate Session ${chain[0]?.pid}…`).click();
    await expect.poll(() => code.dialog.innerText(), wait).toContain('an open transaction is rolled back');
    expect(await code.dialog.innerText()).toContain(program);
    await code.answer('Terminate');
    await panel.tells(`Session ${chain[0]?.pid} is gone.`);
    for (const next of chain.slice(1)) {
      await next.ended;
      await next.client.query('COMMIT');
    }
    await panel.page.locator('.blocking').waitFor({state: 'hidden', timeout: 30_000});
  });

  it('that do nothing in an open transaction are found', async () => {
    const idle = await programs.open('forgetful', ['BEGIN', 'SELECT 1', 'SELECT 2']);
    await idle.ended;
    await panel.button(/^Idle in transaction/i).click();
    await panel.row('forgetful').waitFor(wait);
    await idle.client.query('ROLLBACK');
    await panel.row('forgetful').waitFor({state: 'detached', timeout: 30_000});
    await panel.button(/^Clients/i).click();
  });

  it('have their query cancelled', async () => {
    const slow = await programs.open('sleeper', ['SELECT pg_sleep(600)']);
    await panel.rowMenu('sleeper', 'Cancel Query…');
    await code.answer('Cancel Query');
    await panel.tells(`The query of session ${slow.pid} has ended.`);
    await expect(slow.ended).rejects.toThrow('canceling statement due to user request');
  });

  it('are told to be gone when they went by themselves, even while paused', async () => {
    const short = await programs.open('short', ['SELECT 1']);
    await panel.row('short').waitFor(wait);
    await panel.button('Pause').click();
    await panel.tells('Paused');
    await short.client.end();
    await panel.rowMenu('short', 'Terminate Session…');
    await code.answer('Terminate');
    await panel.tells(`Session ${short.pid} was gone already.`);
    await panel.row('short').waitFor({state: 'detached', timeout: 30_000});
    await panel.tells('Paused');
    await panel.button('Resume').click();
  });
});

describe('queries', () => {
  it('need pg_stat_statements, whose migration is written where it is missing', async () => {
    await panel.open('Queries');
    await panel.tells('pg_stat_statements counts what each statement costs.');
    await panel.button('Enable pg_stat_statements…').click();
    await code.editorTab(/^000002_create_pg_stat_statements\.up\.sql/).waitFor();
    expect(await workspace.read('migrations/000002_create_pg_stat_statements.up.sql')).toContain(
      'CREATE EXTENSION IF NOT EXISTS pg_stat_statements',
    );
    await panel.tells(/written and rehearsed\. It passes/);
    await closeActive();
  });

  it('are explained from their row', async () => {
    await database.sql('CREATE EXTENSION pg_stat_statements');
    await expect
      .poll(
        async () =>
          (await database.sql(`SELECT calls FROM pg_stat_statements WHERE query LIKE '${counting}%'`)).length,
        wait,
      )
      .toBeGreaterThan(0);
    await panel.button('Look at Everything').click();
    await panel.row(counting).waitFor(wait);
    await panel.rowMenu(counting, 'Explain');
    await code.quickInput.getByText('Value of $1 (bigint)').waitFor();
    await code.input('50');
    await explainPanel(code)
      .node(/^Seq Scan on (workload\.)?accounts/)
      .waitFor(wait);
    await closeActive();
  });
});

describe('tables', () => {
  it('are vacuumed from their row, which can be watched and broken off', async () => {
    await slowly('20ms', 20);
    await panel.open('Tables');
    await panel.filter('crawled');
    await panel.rowMenu('crawled', 'VACUUM (ANALYZE)');
    await expect.poll(() => code.dialog.innerText(), wait).toContain('VACUUM (ANALYZE) public.crawled');
    await code.answer('Run');
    const run = panel.maintenance('VACUUM (ANALYZE) public.crawled');
    await run.getByText('scanning heap').waitFor(wait);
    await run.getByRole('progressbar').waitFor();
    await code.screenshot('health-vacuum-dark');
    await run.getByRole('button', {name: 'Cancel'}).or(run.locator('vscode-button')).first().click();
    await panel.maintenance('Cancelled').waitFor(wait);
    expect(await vacuums()).toBe(0);
    await panel.maintenance('Cancelled').locator('vscode-button').click();
    await run.waitFor({state: 'detached'});
  });

  it('say what came of it', async () => {
    await slowly('0', 200);
    await panel.rowMenu('crawled', 'VACUUM (ANALYZE)');
    await code.answer('Run');
    await panel.maintenance(/Done in/).waitFor(wait);
    await expect.poll(vacuums, wait).toBe(1);
  });

  it('may be called as they like', async () => {
    await panel.filter('onerror');
    await panel.row(table).waitFor(wait);
    await panel.rowMenu(table, 'ANALYZE');
    await expect.poll(() => code.dialog.innerText(), wait).toContain(`ANALYZE public.${quotedTable}`);
    await code.answer('Run');
    await panel
      .maintenance(`ANALYZE public.${quotedTable}`)
      .getByText(/Done in/)
      .waitFor(wait);
    expect(await panel.page.locator('img').count()).toBe(0);
    await panel.rowMenu(table, 'Reveal in Tree');
    await expect
      .poll(() => code.page.locator('.part.sidebar .monaco-list-row.focused').innerText(), wait)
      .toContain(table);
  });
});

describe('the report', () => {
  it('is opened as Markdown', async () => {
    await panel.menu('Report', 'Open as Markdown');
    await code.editorTab(`Health of ${main}.md`).waitFor(wait);
    await expect.poll(() => code.editorText(), wait).toMatch(/^# .*DATABASE/m);
    await closeActive();
  });
});

describe('a connection', () => {
  it('that is read-only is offered nothing that writes', async () => {
    await panel.open('Sessions');
    await panel.row('workload 1').waitFor(wait);
    expect(await panel.rowMenuItems('workload 1')).toContain('Terminate Session…');
    await code.contextMenu(main, 'Make Read-Only');
    await panel.tells('Read-only');
    await expect.poll(() => panel.rowMenuItems('workload 1'), wait).not.toContain('Terminate Session…');
    await panel.open('Tables');
    expect(await panel.rowMenuItems('onerror')).toEqual(['Reveal in Tree', 'Copy Name']);
    await code.contextMenu(main, 'Allow Writing');
    await expect.poll(() => panel.rowMenuItems('onerror'), wait).toContain('ANALYZE');
  });

  it('for production asks for its name before anything is ended, in a panel of its own', async () => {
    await code.contextMenu(production, 'Show Health');
    await code.editorTab(`Health of ${production}`).waitFor();
    await panel.page.locator('.page.environment-production').waitFor();
    const victim = await programs.open('victim', ['SELECT pg_sleep(600)']);
    await panel.open('Sessions');
    await panel.row('victim').waitFor(wait);
    await panel.rowMenu('victim', 'Terminate Session…');
    await code.quickInput.getByText(`Type “${production}” to confirm.`).waitFor();
    await code.input('production');
    await code.quickInput.getByText('That is not the name of the connection').waitFor();
    await code.input(production);
    await panel.tells(`Session ${victim.pid} is gone.`);
    await expect(victim.ended).rejects.toThrow();
    expect(await code.editorTab(`Health of ${main}`).count()).toBe(1);
  });

  it('that was removed, or is another one by now, is said to be', async () => {
    await workspace.remove('.env.production');
    await panel.says(`${production} cannot be reached`);
    await panel.tells(`The connection ${production} was removed.`);
    await workspace.write('.env.production', `DATABASE_URL=${server.url()}\n`);
    await panel.tells(`postgres@127.0.0.1:${server.port}/postgres`);
    await panel.tells(/^PostgreSQL 16\./);
    await panel.tells('Live');
    await closeActive();
  });

  it('whose server is restarted comes back by itself', async () => {
    await code.contextMenu(other, 'Show Health');
    await code.editorTab(`Health of ${other}`).waitFor();
    await panel.looked();
    await server.restart();
    await panel.tells('The server was restarted.');
    await panel.tells('Live');
    await panel.tells('Connected again.');
    await closeActive();
  });

  it('as a role without rights says what could not be seen', async () => {
    await code.contextMenu(reader, 'Show Health');
    await code.editorTab(`Health of ${reader}`).waitFor();
    await panel.page.locator('.grade').first().waitFor(wait);
    await panel.looked();
    await panel.open('Sessions');
    await panel.page
      .locator('.slot-sessions .gaps')
      .getByText(/pg_read_all_stats|pg_monitor/)
      .first()
      .waitFor(wait);
    await panel.open('Server');
    await panel.page
      .locator('.slot-server .gaps')
      .getByText(/superuser|pg_monitor|pg_read_all_settings/)
      .first()
      .waitFor(wait);
    await closeActive();
  });
});

describe('the tree', () => {
  it('runs a maintenance command with a notification', async () => {
    await slowly('20ms', 20);
    await database.sql('UPDATE crawled SET id = id + 1');
    const crawled = await code.rowAt(main, 'public', 'Tables', 'crawled');
    await code.contextMenu(crawled, 'Vacuum Table…');
    await code.answer('Run');
    const notification = code.notification('VACUUM (ANALYZE) public.crawled');
    await notification.getByText('scanning heap').waitFor(wait);
    await notification.getByRole('button', {name: 'Cancel'}).click();
    await notification.waitFor({state: 'detached'});
    await slowly('0', 200);
    await code.contextMenu(crawled, 'Analyze Table…');
    await code.answer('Run');
    await code.statusBar('ANALYZE public.crawled').waitFor(wait);
    const index = await code.rowAt(main, 'public', 'Tables', 'chain', 'Indexes', 'chain_pkey');
    await code.contextMenu(index, 'Rebuild Index…');
    await code.answer('Run');
    await code.statusBar('REINDEX INDEX CONCURRENTLY public.chain_pkey').waitFor(wait);
  });
});

describe('after the window was loaded again', () => {
  it('a panel looks again', async () => {
    await tab(main);
    await panel.open('Sessions');
    // The editor writes down what is open once in a few seconds.
    await code.page.waitForTimeout(6000);
    await code.reload();
    await code.editorTab(`Health of ${main}`).waitFor();
    await panel.row('workload 1').waitFor(wait);
    await panel.page
      .getByRole('option', {name: 'every 1 s', selected: true, includeHidden: true})
      .waitFor({state: 'attached'});
  });

  it.each(themes)('it can be read: %s', async theme => {
    await code.setTheme(theme);
    const chain = await lockChain('first');
    for (const name of tabs) {
      await panel.open(name);
      if (name === 'Sessions') await panel.tells('4 sessions wait for 1 other');
      await code.screenshot(`health-${name.toLowerCase()}-${theme}`);
    }
    await chain[0]?.client.end();
    for (const next of chain.slice(1)) {
      await next.ended;
      await next.client.query('ROLLBACK');
    }
  });

  it('leaves no session behind once it is closed', async () => {
    await code.command('View: Close All Editors');
    await expect.poll(() => sessionsOfEditor(), wait).toBeLessThanOrEqual(1);
    if ((await sessionsOfEditor()) === 1) await code.contextMenu(main, 'Disconnect');
    await expect.poll(() => sessionsOfEditor(), wait).toBe(0);
  });

  it('has left no error behind', async () => {
    expect(await code.extensionHostErrors()).toEqual([]);
    expect(code.consoleErrors).toEqual([]);
  });
});
