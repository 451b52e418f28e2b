import {createServer} from 'node:net';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {runPanel, type RunPanelUser} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {tooltipOf} from '../rig/vscode-tooltip.ts';
import {createWorkspace, recordedVersion, sessionsIn, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const connection = '.env DATABASE_URL';
/** A name that would be markup, and one that would end an identifier. */
const odd = '<b>x</b> "q"';
const secrets = ['first-s3cret', 'second-s3cret'];
const good = '.env.local DATABASE_URL';
const wait = {timeout: 30_000};
let workspace: Workspace;
let database: TestDatabase;
let plain: TestDatabase;
let code: VsCode;
let panel: RunPanelUser;

steps('tree', () => code);

beforeAll(async () => {
  database = await createDatabase(18, 'tree');
  await database.sql(`
    DO $$ BEGIN
      FOR number IN 1..150 LOOP EXECUTE format('CREATE TABLE t_%s (id int)', lpad(number::text, 4, '0')); END LOOP;
    END $$;
    CREATE SCHEMA odd;
    CREATE TABLE odd."<b>x</b> ""q""" (id int PRIMARY KEY, "a|b" text);
    COMMENT ON TABLE odd."<b>x</b> ""q""" IS '![x](http://127.0.0.1:1/x.png) [link](command:howdah.connections.add)';
    INSERT INTO odd."<b>x</b> ""q""" VALUES (1, 'first|second'), (2, NULL), (3, '<script>');
    CREATE TABLE odd.events (at date NOT NULL) PARTITION BY RANGE (at);
    CREATE TABLE odd.events_2026 PARTITION OF odd.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE FUNCTION odd.add(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT a + b';
    CREATE MATERIALIZED VIEW odd.totals AS SELECT count(*) AS n FROM odd.events;
  `);
  workspace = await createWorkspace({'.env': `DATABASE_URL=${database.url}\n`});
  await workspace.migration('000001_orders', 'CREATE TABLE orders (id int);', 'DROP TABLE orders;');
  await workspace.migration('000002_later', 'CREATE TABLE later (id int);', 'DROP TABLE later;');
  // As saved by an editor in Windows-1252.
  await workspace.migration('000003_cafes', '', 'DROP TABLE cafes;');
  await workspace.write(
    'migrations/000003_cafes.up.sql',
    Buffer.from('-- caf\xe9\nCREATE TABLE cafes ();\n', 'latin1'),
  );
  code = await startVsCode({
    workspace: workspace.path,
    theme: 'high-contrast',
    settings: {'howdah.tree.pageSize': 60},
  });
});

afterAll(async () => {
  await code?.stop();
  await Promise.all([database?.drop(), plain?.drop()]);
  await workspace?.dispose();
});

const clipboard = (): Promise<string> => code.page.evaluate(() => navigator.clipboard.readText());

describe('the tree of a database', () => {
  it('lists what a schema has, and the parts of a partitioned table', async () => {
    await code.openView('Howdah');
    await code.expand(connection, 'odd', 'Tables', 'events', 'Partitions');
    await code.treeRow(/^events_2026,/).waitFor();
    await code.rowAt(connection, 'odd', 'Materialized views', 'totals');
    await code.rowAt(connection, 'odd', 'Functions', 'add');
    const rows = await code.treeRows();
    expect(rows).toContain('Tables, 2');
    expect(rows).toContainEqual(expect.stringMatching(/^events, 1 partition ·/));
    expect(rows).toContainEqual(expect.stringMatching(/^events_2026, FOR VALUES FROM \('2026-01-01'\)/));
    expect(rows).toContain('add, (a integer, b integer) → integer');
  });

  it('shows names and comments of a database as text, never as markup', async () => {
    const row = await code.rowAt(connection, 'odd', 'Tables', odd);
    const tooltip = await tooltipOf(code, row);
    expect(await tooltip.innerText()).toContain(`odd.${odd} (table)`);
    expect(await tooltip.locator('b, img, a[data-href^="command:"]').count()).toBe(0);
    expect(await tooltip.innerText()).toContain('[link](command:howdah.connections.add)');
    await code.page.mouse.move(800, 500);
  });

  it('copies a name as SQL needs it', async () => {
    await code.contextMenu(await code.rowAt(connection, 'odd', 'Tables', odd), 'Copy Name');
    await expect.poll(clipboard, wait).toBe('odd."<b>x</b> ""q"""');
  });

  it('counts rows, shows the first of them, and the definition', async () => {
    const row = await code.rowAt(connection, 'odd', 'Tables', odd);
    await code.contextMenu(row, 'Count Rows');
    await code.notification(`${odd} on ${connection} has 3 rows.`).waitFor();
    await code.dismissNotifications();
    await code.inlineAction(row, 'Show First Rows');
    await code.editorTab(/"q".*\.env DATABASE_URL\.md/).waitFor();
    await expect.poll(() => code.editorText(), wait).toContain('All 3 rows.');
    const text = await code.editorText();
    expect(text).toMatch(/\| 1 +\| first\\\|second \|/);
    expect(text).toMatch(/\| 2 +\| NULL +\|/);
    await code.inlineAction(row, 'Show Definition');
    await code.editorTab(/"q"\.sql/).waitFor();
    await expect.poll(() => code.editorText(), wait).toContain('CREATE TABLE odd."<b>x</b> ""q""" (');
    // What is shown cannot be edited by mistake.
    await code.page.locator('.editor-group-container.active .view-line').first().click();
    await code.page.keyboard.type('x');
    await code.page.getByText('Cannot edit in read-only editor').first().waitFor();
  });

  it('loads long lists by pages', async () => {
    await code.collapse('odd');
    await code.expand(connection, 'public', 'Tables');
    await code.treeRow('Tables').getByText('150').waitFor();
    await (await code.reveal('Load more…')).click();
    await code.reveal('t_0061');
    await (await code.reveal('Load more…')).click();
    await code.reveal('t_0150');
    await expect.poll(() => code.treeRow('Load more…').count(), wait).toBe(0);
  });

  it('finds a table by a part of its name, and goes to it', async () => {
    await code.viewAction('Find Table, View or Function');
    await code.quickInput.locator('input').fill('_0133');
    await code.quickPick(/^t_0133/);
    await code.page.locator('.part.sidebar .monaco-list-row.selected', {hasText: 't_0133'}).waitFor();
    await code.viewAction('Find Table, View or Function');
    await code.quickInput.locator('input').fill('<b>');
    await code.quickPick(new RegExp(`^<b>x</b>`));
    await code.page.locator('.part.sidebar .monaco-list-row.selected', {hasText: odd}).waitFor();
  });

  it('shows what is new after a refresh', async () => {
    await database.sql('CREATE TABLE odd.added_later (id int)');
    await code.viewAction('Refresh');
    await code.reveal('added_later');
    await code.treeRow(/^Tables, 3/).waitFor();
  });

  it('has left no error behind', async () => {
    expect(await code.extensionHostErrors()).toEqual([]);
    expect(code.consoleErrors).toEqual([]);
  });
});

/** A second scene in the same folder, with a database of its own. */
async function makeMistakes(): Promise<void> {
  await code.collapse(connection);
  plain = await createDatabase(14, 'wrong');
  await workspace.write(
    '.env',
    `# the shop\nDATABASE_URL=postgres://app:${secrets[0]}@db.example.com:port/shop\n`,
  );
  await workspace.write('.env.local', `DATABASE_URL=${plain.url}\n`);
  await code.command('View: Close All Editors');
  panel = runPanel(code);
}

const env = (address: string): Promise<void> => workspace.write('.env', `DATABASE_URL=${address}\n`);

describe('what users get wrong', () => {
  beforeAll(makeMistakes);

  it('shows an address that cannot be read as a row, and leads to its line', async () => {
    await code.openView('Howdah');
    const problem = code.treeRow(/^\.env DATABASE_URL, The port .*is not a number from 1 to 65535/);
    await problem.waitFor();
    await code.contextMenu(problem, 'Go to Source');
    await code.editorTab('.env').waitFor();
    await code.page.locator('.statusbar-item', {hasText: 'Ln 2,'}).waitFor();
  });

  it('reads the file again once it is changed, and says that there is no such database', async () => {
    await env(plain.url.replace(plain.name, 'no_such'));
    await code.treeRow(/^\.env DATABASE_URL, development, not connected/).waitFor();
    await code.expand(connection);
    const at = `127.0.0.1:${plain.port}`;
    await code.treeRow(new RegExp(`^There is no database "no_such" at ${at}`)).waitFor();
  });

  it('asks for the password that a server refuses, and says why when none is given', async () => {
    await code.collapse(connection);
    await env(plain.url.replace('postgres:postgres@', `postgres:${secrets[1]}@`));
    // Both files name one database now, which is one row: the change has been read.
    await code.treeRow(/^\.env\.local DATABASE_URL/).waitFor({state: 'detached'});
    await code.contextMenu(code.treeRow(/^\.env DATABASE_URL,/), 'Test Connection');
    await code.quickInput.getByText('was refused').waitFor();
    await code.page.keyboard.press('Escape');
    await code.notification('did not accept the password of "postgres"').waitFor();
    await code.dismissNotifications();
  });

  it('says that a certificate is not trusted', async () => {
    const root = join(import.meta.dirname, '../fixtures/tls/other-ca.crt');
    await env(`${plain.url.replace('sslmode=disable', 'sslmode=verify-full')}&sslrootcert=${root}`);
    await expect
      .poll(async () => {
        await code.contextMenu(code.treeRow(/^\.env DATABASE_URL,/), 'Test Connection');
        // Until the file is read again, it is the password of before that is refused.
        const asks = code.quickInput.getByText('was refused');
        const answer = code.notification(/Testing \.env DATABASE_URL: /);
        await asks.or(answer).first().waitFor();
        if (!(await asks.isVisible())) return answer.innerText();
        await code.page.keyboard.press('Escape');
        await code.dismissNotifications();
        return '';
      }, wait)
      .toMatch(/certificate/);
    await code.dismissNotifications();
  });

  it('follows an address that changes in its file, to the other database', async () => {
    const other = await createDatabase(14, 'other');
    await env('postgres://nobody@127.0.0.1:1/shop');
    await code.treeRow(good).waitFor();
    await code.contextMenu(good, 'Select Target Connection…');
    await code.statusBar(good).waitFor();
    await code.expand(good, 'Migrations');
    await code.treeRow(/^000001 orders, pending/).waitFor();
    expect(await sessionsIn(plain)).toHaveLength(1);
    await other.sql(`CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
      INSERT INTO schema_migrations VALUES (2, false)`);
    await workspace.write('.env.local', `DATABASE_URL=${other.url}\n`);
    await expect.poll(() => sessionsIn(plain), wait).toEqual([]);
    await code.expand(good, 'Migrations');
    await code.treeRow(/^000002 later, current/).waitFor();
    await workspace.write('.env.local', `DATABASE_URL=${plain.url}\n`);
    await expect.poll(() => sessionsIn(other), wait).toEqual([]);
    await code.expand(good, 'Migrations');
    await code.treeRow(/^000002 later, pending/).waitFor();
    await other.drop();
  });

  it('does not try again by itself to reach a server that closes the connection', async () => {
    let attempts = 0;
    const listener = createServer(socket => {
      attempts += 1;
      socket.destroy();
    });
    await new Promise<void>(resolve => void listener.listen(0, '127.0.0.1', resolve));
    const address = listener.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await env(`postgres://nobody@127.0.0.1:${port}/shop?sslmode=disable`);
    await code.treeRow(/^\.env DATABASE_URL, development, not connected/).waitFor();
    await code.expand(connection);
    await code
      .treeRow(`The server at 127.0.0.1:${port} closed the connection before it was ready.`)
      .waitFor();
    // The change of the file may still be told twice.
    await code.page.waitForTimeout(500);
    const before = attempts;
    await code.page.waitForTimeout(1500);
    expect(attempts).toBe(before);
    listener.close();
    await code.collapse(connection);
  });

  it('runs nothing of a file that was deleted after its plan', async () => {
    const up = await workspace.read('migrations/000001_orders.up.sql');
    await code.contextMenu(code.treeRow(/^000001 orders, pending/), 'Apply up to Here…');
    await panel.says(`Apply 1 migration to ${good}`);
    await workspace.remove('migrations/000001_orders.up.sql');
    await panel.button('Apply 1 Migration').click();
    await panel.says('Nothing was begun');
    expect(await panel.text()).toContain('000001_orders.up.sql cannot be read (ENOENT).');
    expect(await panel.text()).toContain('Check that the file exists');
    expect(await recordedVersion(plain)).toBe('no table');
    await workspace.write('migrations/000001_orders.up.sql', up);
  });

  it('says that a file is not UTF-8', async () => {
    await code.contextMenu(code.treeRow(/^Migrations,/).first(), 'Apply All Pending Migrations');
    const message = code.notification('000003_cafes.up.sql is not UTF-8 text');
    await message.waitFor();
    expect(await message.innerText()).toContain('Save the file with the encoding UTF-8 and try again.');
    expect(await recordedVersion(plain)).toBe('no table');
    // The files before it are not held up.
    await code.contextMenu(code.treeRow(/^000002 later, pending/), 'Apply up to Here…');
    await panel.press(`Apply 2 migrations to ${good}`, 'Apply 2 Migrations');
    await panel.says(/^2 migrations applied in/);
    expect(await recordedVersion(plain)).toBe('2');
  });

  it('has no stack and no secret in any message or log', async () => {
    await code.command('Notifications: Show Notifications');
    const shown = await code.page.locator('.notifications-center, .notifications-toasts').allInnerTexts();
    const log = await code.extensionHostLog();
    for (const text of [...shown, log, ...code.consoleErrors])
      for (const secret of [...secrets, 'postgres:postgres']) expect(text).not.toContain(secret);
    expect([...shown, log].join('\n')).not.toMatch(/^\s+at .*howdah/m);
    expect(await code.extensionHostErrors()).toEqual([]);
  });
});
