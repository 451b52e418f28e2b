import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {fileBadge} from '../rig/vscode-explorer.ts';
import {steps} from '../rig/vscode-steps.ts';
import {runPanel, type RunPanelUser} from '../rig/vscode-run-panel.ts';
import {createWorkspace, recordedVersion, sessionsIn, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';
import {brokenLine, shop} from './shop.ts';

const connection = '.env DATABASE_URL';
const failing = '000004_index_orders.up.sql';
const wait = {timeout: 30_000};
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let panel: RunPanelUser;

steps('journey', () => code);

beforeAll(async () => {
  database = await createDatabase(17, 'journey');
  workspace = await createWorkspace({
    '.env': `DATABASE_URL=${database.url}\n`,
    '.env.production': `DATABASE_URL=${database.url}\n`,
  });
  for (const {name, up, down} of shop) await workspace.migration(name, up, down);
  code = await startVsCode({workspace: workspace.path, theme: 'dark'});
  panel = runPanel(code);
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

const isRecorded = (version: string): Promise<void> =>
  expect.poll(() => recordedVersion(database), wait).toBe(version);
const badgeIs = (number: string): Promise<void> =>
  expect.poll(() => code.activityBadge('Howdah').innerText(), wait).toBe(number);
const fileShows = (name: string, badge: string): Promise<void> =>
  expect.poll(async () => (await fileBadge(code, name))?.badge, wait).toBe(badge);
const row = (name: RegExp): Promise<void> => code.treeRow(name).waitFor();

describe('a team’s migrations, from the first connection to a cancelled run', () => {
  it('finds the connections and connects to none of them', async () => {
    await code.openView('Howdah');
    await row(/^\.env DATABASE_URL, development, not connected/);
    await row(/^\.env\.production DATABASE_URL, production, not connected$/);
    await code.statusBar('Choose database').waitFor();
    await code.openFile('000001_create_customers.up.sql');
    await code.codeLens('Choose a target connection').waitFor();
    expect(await sessionsIn(database)).toEqual([]);
    expect(await recordedVersion(database)).toBe('no table');
  });

  it('shows what is pending where the user looks, once the connection is expanded', async () => {
    await code.expand(connection, 'Migrations');
    await row(/^Migrations, 4 pending · no version/);
    await row(/^000004 index_orders, pending/);
    await row(/^\.env DATABASE_URL, development, connected, target/);
    expect(await sessionsIn(database)).toHaveLength(1);
    expect((await sessionsIn(database))[0]).toMatch(/^howdah: /);
    await badgeIs('4');
    await code.statusBar('.env DATABASE_URL · 4 pending').waitFor();
    await code.codeLens('pending on .env DATABASE_URL').waitFor();
    await fileShows('000001_create_customers.up.sql', '○');
    await code.openView('Howdah');
    expect(await code.contextMenuItems(/^Migrations, 4 pending/)).not.toContain('Roll Back Last Migration');
    // Looking has written nothing: the tool itself makes the table with its first run.
    expect(await recordedVersion(database)).toBe('no table');
  });

  it('applies the next migration when Enter confirms the plan', async () => {
    await code.command('Howdah: Apply Next Migration');
    await panel.says(`Apply 1 migration to ${connection}`);
    expect(await panel.text()).toContain(`postgres@127.0.0.1:${database.port}/${database.name}`);
    expect(await panel.text()).toContain('create_customers');
    expect(await recordedVersion(database)).toBe('no table');
    await code.page.keyboard.press('Enter');
    await panel.says(/^1 migration applied in/);
    await isRecorded('1');
    expect(await panel.text()).toContain('The database is at version 000001.');
    await row(/^000001 create_customers, current/);
    await row(/^Migrations, 3 pending · 000001/);
    expect(await code.contextMenuItems(/^Migrations, 3 pending/)).toContain('Roll Back Last Migration');
    await badgeIs('3');
    await code.statusBar('.env DATABASE_URL · 3 pending').waitFor();
    await code.openFile('000001_create_customers.up.sql');
    await code.codeLens('current on .env DATABASE_URL').waitFor();
    await fileShows('000001_create_customers.up.sql', '✓');
    await fileShows('000002_create_orders.up.sql', '○');
    await code.openView('Howdah');
  });

  it('stops at the failing file, and says what the server said, where, and where the database is now', async () => {
    await code.command('Howdah: Apply All Pending Migrations');
    await panel.applyAnyway(`Apply 3 migrations to ${connection}`);
    await panel.says('000004 index_orders failed');
    await isRecorded('4 dirty');
    const text = await panel.text();
    expect(text).toContain('column "customer_state" does not exist');
    expect(text).toContain('SQLSTATE 42703');
    expect(text).toContain('2 of 3 migrations were applied');
    expect(text).toContain(`${failing} failed, and nothing of it remains: the server has undone all of it.`);
    expect(text).toContain('The bookkeeping says dirty at version 000004');
    expect(
      await database.sql(`SELECT FROM pg_attribute WHERE attname = 'note' AND attrelid = 'orders'::regclass`),
    ).toEqual([]);
    await row(/^000004 index_orders, failed \(dirty\)/);
    await row(/^Migrations, failed · 000004/);
    await badgeIs('1');
    await code.statusBar('.env DATABASE_URL · 1 failed').waitFor();
    // Problems in the file have a badge of their own, which the editor puts before ours: a finding may be among them.
    await expect.poll(async () => (await fileBadge(code, failing))?.badge, wait).toMatch(/^[12], !$/);
    await code.openView('Howdah');
    await code.screenshot('journey-failed');
  });

  it('marks the exact token in the file and in Problems', async () => {
    await panel.button(`${failing}:3:`).click();
    await code.editorTab(failing).waitFor();
    const column = brokenLine.lastIndexOf('customer_state') + 1;
    const problems = await code.problems();
    expect(problems.join('\n')).toContain('column "customer_state" does not exist');
    expect(problems.join('\n')).toContain(`line 3 and character ${column}`);
    await code.page.locator('.squiggly-error').first().waitFor();
  });

  it('tells by a code lens what the failed file left, and records the version before it', async () => {
    await code.page.locator('.editor-group-container.active .view-line').first().click();
    await code.codeLens('failed (dirty) on .env DATABASE_URL').waitFor();
    await code.codeLens('Repair').click();
    await code.editorTab('What 000004 left behind').waitFor();
    expect(await code.quickPickItems()).toEqual([
      expect.stringMatching(
        /^Record version 000003 as the current one, recommended, Nothing of 000004 is left/,
      ),
      expect.stringMatching(/^Record version 000004 as applied/),
      'Open the file',
    ]);
    expect(await code.editorText()).toContain('None of its changes are in the database');
    expect(await code.editorText()).toContain('not in the database');
    await code.quickPick(/^Record version 000003 as the current one/);
    await code.dialog.waitFor();
    expect(await code.dialog.innerText()).toContain('Target: .env DATABASE_URL');
    expect(await recordedVersion(database)).toBe('4 dirty');
    await code.answer('Record');
    await isRecorded('3');
    await row(/^000004 index_orders, pending/);
    await code.statusBar('.env DATABASE_URL · 1 pending').waitFor();
  });

  it('applies the file once it is corrected in the editor', async () => {
    await code.openFile(failing);
    await code.page.locator('.editor-group-container.active .view-line').first().click();
    for (const key of ['Control+End', 'ArrowUp', 'Home', 'Shift+End']) await code.page.keyboard.press(key);
    await code.page.keyboard.insertText(
      brokenLine.replace('customer_id, customer_state', 'customer_id, status'),
    );
    await code.page.keyboard.press('Control+s');
    await expect
      .poll(() => workspace.read(`migrations/${failing}`), wait)
      .toContain('(customer_id, status);');
    await code.codeLens('Apply up to here').click();
    await panel.press(`Apply 1 migration to ${connection}`, 'Apply 1 Migration');
    await panel.says(/^1 migration applied in/);
    await isRecorded('4');
    await row(/^Migrations, up to date · 000004/);
    await expect.poll(() => code.activityBadge('Howdah').isVisible(), wait).toBe(false);
    await code.statusBar('.env DATABASE_URL · up to date').waitFor();
    // The error has gone with its cause.
    expect((await code.problems()).join()).not.toContain('customer_state');
  });

  it('shows the tables with their parts', async () => {
    await code.collapse(/^Migrations,/);
    for (const list of ['Columns', 'Indexes', 'Constraints', 'Triggers', 'Row-security policies'])
      await code.expand(connection, 'public', 'Tables', 'orders', list);
    await row(/^orders_of_everyone,/);
    const rows = await code.treeRows();
    expect(rows).toEqual(
      expect.arrayContaining([
        'Tables, 3',
        'orders, 24 kB',
        'id, bigint · not null · identity',
        'total, numeric(12,2) · not null · = 0',
        "status, public.order_status · not null · = 'new'::public.order_status",
        'note, text',
        'orders_pkey, 8 kB · 0 scans',
        'orders_customer_id_fkey, FOREIGN KEY (customer_id) REFERENCES public.customers(id)',
        'orders_total_positive, CHECK ((total >= (0)::numeric))',
        'orders_touch',
        'orders_of_everyone, SELECT · to public',
        'Views, 1',
        'Sequences, 2',
        'Functions, 1',
        'Types, 1',
      ]),
    );
    // As the server lists them: columns in their own order, and nothing of another table.
    expect(rows).not.toContain('email, text · not null');
    await code.screenshot('journey-table');
  });

  it('rolls back the last one, back to one, and all', async () => {
    await code.expand(connection, 'Migrations');
    await code.inlineAction(/^000004 index_orders, current/, 'Roll Back Last Migration');
    await panel.press(`Roll back 1 migration on ${connection}`, 'Roll Back 1 Migration');
    await panel.says(/^1 migration rolled back in/);
    await isRecorded('3');
    await row(/^000004 index_orders, pending/);
    await badgeIs('1');

    await code.inlineAction(/^000001 create_customers, applied/, 'Roll Back to Here');
    await panel.press(`Roll back 2 migrations on ${connection}`, 'Roll Back 2 Migrations');
    await panel.says(/^2 migrations rolled back in/);
    await isRecorded('1');
    expect(await database.sql(`SELECT to_regclass('orders') AS orders`)).toEqual([{orders: null}]);
    await row(/^000001 create_customers, current/);
    await badgeIs('3');

    await code.command('Howdah: Roll Back All Migrations');
    await panel.press(`Roll back 1 migration on ${connection}`, 'Roll Back 1 Migration');
    await panel.says(/^1 migration rolled back in/);
    await isRecorded('none');
    expect(await panel.text()).toContain('No migration is applied now.');
    await row(/^Migrations, 4 pending · no version/);
  });

  it('shows the SQL that will run, to the letter, and runs none of it', async () => {
    await code.command('Howdah: Show SQL That Will Run');
    await code.editorTab(`SQL for ${connection}.sql`).waitFor();
    const shown = await code.editorText();
    for (const line of shop[0]?.up.split('\n') ?? ['']) expect(shown).toContain(line);
    expect(await recordedVersion(database)).toBe('none');
  });

  it('applies up to a chosen migration from the tree', async () => {
    await code.inlineAction(/^000002 create_orders, pending/, 'Apply up to Here');
    await panel.press(`Apply 2 migrations to ${connection}`, 'Apply 2 Migrations');
    await panel.says(/^2 migrations applied in/);
    await isRecorded('2');
    await row(/^000002 create_orders, current/);
  });

  it('forces a version without running a file', async () => {
    await code.contextMenu(/^000001 create_customers/, 'Force Version…');
    expect(await code.dialog.innerText()).toContain('Only the bookkeeping changes.');
    await code.answer('Cancel');
    expect(await recordedVersion(database)).toBe('2');
    await code.contextMenu(/^000001 create_customers/, 'Force Version…');
    await code.answer('Record');
    await isRecorded('1');
    await row(/^000002 create_orders, pending/);
    expect(await database.sql(`SELECT to_regclass('orders')::text AS orders`)).toEqual([{orders: 'orders'}]);
    await code.command('Howdah: Force Version');
    await code.quickPick(/^000002/);
    await code.answer('Record');
    await isRecorded('2');
    await code.command('Howdah: Apply All Pending Migrations');
    await panel.press(`Apply 2 migrations to ${connection}`, 'Apply 2 Migrations');
    await panel.says(/^2 migrations applied in/);
    await isRecorded('4');
  });

  it('creates a migration from a template, with a step back', async () => {
    await code.command('Howdah: Create Migration');
    await code.quickPick(/^Add column/);
    await code.quickInput.getByText('Name of the migration').waitFor();
    await code.back();
    await code.quickPick(/^Create table/);
    await code.quickInput.getByText('Name of the migration').waitFor();
    await code.input('create invoices');
    await expect.poll(() => code.quickInput.locator('input').inputValue(), wait).toBe('invoices');
    await code.page.keyboard.press('Enter');
    await code.editorTab('000005_create_invoices.up.sql').waitFor();
    expect(await code.editorText()).toMatch(/^CREATE TABLE invoices \(/);
    expect(await workspace.read('migrations/000005_create_invoices.down.sql')).toBe('DROP TABLE invoices;\n');
    await row(/^000005 create_invoices, pending/);
    await code.codeLens('pending on .env DATABASE_URL').waitFor();
    await badgeIs('1');
  });

  it('cancels a running file on the server, and says what is left', async () => {
    const long = 'CREATE TABLE half (id int);\nSELECT pg_sleep(600);';
    await workspace.migration('000006_slow', long, 'DROP TABLE half;');
    await row(/^000006 slow, pending/);
    await code.command('Howdah: Apply All Pending Migrations');
    await panel.press(`Apply 2 migrations to ${connection}`, 'Apply 2 Migrations');
    const sleeping = async (): Promise<number> =>
      (await sessionsIn(database)).filter(session => session.includes('pg_sleep')).length;
    await expect.poll(sleeping, wait).toBe(1);
    await panel.says(`Applying 2 migrations to ${connection}`);
    expect(await panel.text()).toContain('1 of 2');
    await code.screenshot('journey-running');
    await panel.button('Cancel Run').click();
    await panel.says('Cancelled in 000006 slow');
    expect(await sleeping()).toBe(0);
    await isRecorded('6 dirty');
    expect(await database.sql(`SELECT to_regclass('half') AS half`)).toEqual([{half: null}]);
    const text = await panel.text();
    expect(text).toContain('000006_slow.up.sql was cancelled, and nothing of it remains');
    expect(text).toContain('1 of 2 migrations was applied');
    await row(/^000006 slow, failed \(dirty\)/);
    await panel.button('Repair').click();
    await code.quickPick(/^Record version 000005 as the current one/);
    await code.answer('Record');
    await isRecorded('5');
  });

  it('has kept errors and secrets out of the logs', async () => {
    expect(await code.extensionHostErrors()).toEqual([]);
    expect(await code.extensionHostLog()).not.toContain('postgres:postgres@');
    expect(code.consoleErrors).toEqual([]);
  });
});
