import {afterAll, beforeAll, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {runPanel, type RunPanelUser} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type ThemeName, type VsCode} from '../rig/vscode.ts';

const names = ['a', 'b', 'c', 'd'] as const;
type Name = (typeof names)[number];
const nameOf = (name: Name): string => `.env.${name} DATABASE_URL`;
const themes: readonly ThemeName[] =
  process.env['HOWDAH_THEMES'] === 'all'
    ? ['light', 'dark', 'high-contrast', 'high-contrast-light']
    : ['dark'];
const title = 'Apply to tenants';
const wait = {timeout: 30_000};

const databases = new Map<Name, TestDatabase>();
let workspace: Workspace;
let code: VsCode;
let panel: RunPanelUser;

steps('rollout-closed', () => code);

beforeAll(async () => {
  for (const name of names) databases.set(name, await createDatabase(16, `tenant_${name}`));
  // Nobody knows that one tenant has got the table already.
  await sql('c', 'CREATE TABLE orders (id int)');
  workspace = await createWorkspace(
    Object.fromEntries(names.map(name => [`.env.${name}`, `DATABASE_URL=${databases.get(name)?.url}\n`])),
  );
  await workspace.migration('000001_customers', 'CREATE TABLE customers (id int);', 'DROP TABLE customers;');
  // Long enough for a user to close the panel.
  await workspace.migration('000002_slow', 'SELECT pg_sleep(3);', 'SELECT 1;');
  await workspace.migration('000003_orders', 'CREATE TABLE orders (id int);', 'DROP TABLE orders;');
  code = await startVsCode({
    workspace: workspace.path,
    settings: {'howdah.connectionGroups': {tenants: names.map(nameOf)}},
  });
  panel = runPanel(code);
  await code.openView('Howdah');
  await code.treeRow(nameOf('d')).waitFor();
});

afterAll(async () => {
  await code?.stop();
  for (const database of databases.values()) await database.drop();
  await workspace?.dispose();
});

const sql = (name: Name, text: string): Promise<readonly Record<string, unknown>[]> =>
  databases.get(name)?.sql(text) ?? Promise.resolve([]);

async function version(name: Name): Promise<string> {
  const [row] = await sql(name, 'SELECT version, dirty FROM schema_migrations').catch(() => []);
  return row ? `${String(row['version'])}${row['dirty'] === true ? ' dirty' : ''}` : 'none';
}

const versions = (): Promise<readonly string[]> => Promise.all(names.map(version));

const states = (): Promise<readonly string[]> =>
  code.webview().locator('[data-column="state"] .state').allInnerTexts();

async function pictures(name: string): Promise<void> {
  for (const theme of themes) {
    await code.setTheme(theme);
    await code.screenshot(`rollout-${name}-${theme}`);
  }
}

async function choose(label: string, option: string): Promise<void> {
  await code.webview().getByRole('combobox', {name: label}).click();
  await code.webview().getByRole('option', {name: option, exact: true}).click();
}

const closePanel = async (): Promise<void> => {
  await code.editorTab(title).hover();
  await code
    .editorTab(title)
    .getByRole('button', {name: /^Close/})
    .click();
  await code.editorTab(title).waitFor({state: 'detached'});
};

it('goes on when its panel is closed, with its progress in a notification', async () => {
  await code.command('Howdah: Apply Pending Migrations to Several Databases');
  await code.quickPick(/^tenants/);
  await panel.says('Apply to 4 databases of tenants');
  await choose('Canary', 'None');
  await choose('At the same time', '1');
  await panel.button(/^Apply to 4/).click();
  await panel.says('Applying to 4 databases of tenants');
  await closePanel();
  await code.notification(/0 of 4 done/).waitFor();
  await pictures('closed-progress');
  expect(await versions()).not.toContain('3');
});

it('tells what came of it, and leads back to the table', async () => {
  const told = code.notification(/2 of 4 done, \.env\.c DATABASE_URL failed: .*already exists/);
  await told.getByRole('button', {name: 'Show'}).waitFor(wait);
  await pictures('closed-end');
  await told.getByRole('button', {name: 'Show'}).click();
  await panel.says(`${nameOf('c')} failed`);
  await expect.poll(async () => (await states()).length, wait).toBe(4);
  await pictures('closed-shown');
});

it('repairs the failed one from its row, and goes on from there', async () => {
  expect(await version('c')).toBe('3 dirty');
  await panel.button('Repair…').click();
  await code.quickInput.getByText('recommended').waitFor();
  await pictures('repair-pick');
  await code.quickPick(/recommended/);
  await pictures('repair-confirm');
  await code.answer('Record');
  await panel.says('Apply to 1 database of tenants');
  // None of many becomes what other commands are for.
  await code.statusBar('Choose database').waitFor();
  expect(await versions()).toEqual(['3', '3', '3', 'none']);
  await pictures('repaired');
  await panel.button(/^Apply to 1/).click();
  await panel.says('All 4 databases of tenants are up to date');
  expect(await versions()).toEqual(['3', '3', '3', '3']);
  await pictures('repaired-done');
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
  // VS Code writes to the console what a notification tells as an error.
  const others = code.consoleErrors.filter(text => !text.startsWith('Apply to tenants: 2 of 4 done'));
  expect(others).toEqual([]);
});
