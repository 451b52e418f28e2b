import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {steps} from '../rig/vscode-steps.ts';
import {tooltipOf} from '../rig/vscode-tooltip.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const connection = '.env DATABASE_URL';
/** A name that would be markup, and one that would end an identifier. */
const odd = '<b>x</b> "q"';
const wait = {timeout: 30_000};
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;

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
  code = await startVsCode({
    workspace: workspace.path,
    theme: 'high-contrast',
    settings: {'howdah.tree.pageSize': 60},
  });
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
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
