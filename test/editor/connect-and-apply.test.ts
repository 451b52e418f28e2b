import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const connection = '.env DATABASE_URL';
let workspace: string;
let database: TestDatabase;
let code: VsCode;

beforeAll(async () => {
  database = await createDatabase(18, 'editor');
  workspace = await mkdtemp(join(tmpdir(), 'howdah-workspace-'));
  await writeFile(join(workspace, '.env'), `DATABASE_URL=${database.url}\n`);
  await mkdir(join(workspace, 'migrations'));
  await writeMigration('000001_orders', 'CREATE TABLE orders (id int PRIMARY KEY);', 'DROP TABLE orders;');
  code = await startVsCode({workspace, theme: 'dark'});
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await rm(workspace, {recursive: true, force: true});
});

async function writeMigration(name: string, up: string, down: string): Promise<void> {
  await writeFile(join(workspace, 'migrations', `${name}.up.sql`), `${up}\n`);
  await writeFile(join(workspace, 'migrations', `${name}.down.sql`), `${down}\n`);
}

const sessions = (): Promise<readonly Record<string, unknown>[]> =>
  database.sql(`SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`);

it('finds the connection in .env, and connects only when it is expanded', async () => {
  await code.openView('Howdah');
  await code.treeRow(connection).waitFor();
  expect(await sessions()).toEqual([]);
  await code.expand(connection);
  await code.rowAt(connection, 'Migrations');
  expect(await sessions()).not.toEqual([]);
});

it('shows one pending migration in the tree, on the icon and in the status bar', async () => {
  await code.treeRow(/^Migrations.*1 pending/).waitFor();
  await expect.poll(() => code.activityBadge('Howdah').innerText()).toBe('1');
  await code.statusBar(/1 pending/).waitFor();
  await code.screenshot('connected-dark');
});

it('applies it from the plan, and then shows the table', async () => {
  await code.command('Howdah: Apply All');
  const panel = code.webview();
  await panel.getByText('none').first().waitFor();
  await panel.getByRole('button', {name: 'Apply 1 Migration'}).click();
  await expect
    .poll(() => database.sql('SELECT version, dirty FROM schema_migrations').catch(() => []))
    .toEqual([{version: '1', dirty: false}]);
  await code.rowAt(connection, 'public', 'Tables', 'orders');
  await expect.poll(() => code.activityBadge('Howdah').isVisible()).toBe(false);
  await code.screenshot('applied-dark');
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
  expect(code.consoleErrors).toEqual([]);
});
