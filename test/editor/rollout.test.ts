import {afterAll, beforeAll, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {runPanel, type RunPanelUser} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
type Name = (typeof names)[number];
const nameOf = (tenant: Name): string => `.env.${tenant} DATABASE_URL`;
const orders = 'db/migrations/20260102000000_orders.sql';
const wait = {timeout: 30_000};

const databases = new Map<Name, TestDatabase>();
let workspace: Workspace;
let code: VsCode;
let panel: RunPanelUser;

steps('rollout', () => code);

beforeAll(async () => {
  for (const name of names) databases.set(name, await createDatabase(16, `tenant_${name}`));
  // Nobody knows that one tenant has got the table already.
  await databases.get('d')?.sql('CREATE TABLE orders (id int)');
  workspace = await createWorkspace({
    'db/migrations/20260101000000_customers.sql':
      '-- migrate:up\nCREATE TABLE customers (id int);\n\n-- migrate:down\nDROP TABLE customers;\n',
    [orders]: '-- migrate:up\nCREATE TABLE orders (id int);\n\n-- migrate:down\nDROP TABLE orders;\n',
    ...Object.fromEntries(names.map(name => [`.env.${name}`, `DATABASE_URL=${databases.get(name)?.url}\n`])),
  });
  code = await startVsCode({
    workspace: workspace.path,
    settings: {'howdah.connectionGroups': {tenants: names.map(nameOf)}},
  });
  panel = runPanel(code);
});

afterAll(async () => {
  await code?.stop();
  for (const database of databases.values()) await database.drop();
  await workspace?.dispose();
});

/** How many migrations each database has recorded. */
async function recorded(): Promise<Readonly<Record<string, number>>> {
  const counts = names.map(async (name): Promise<[string, number]> => {
    const sql = databases.get(name)?.sql(`SELECT count(*)::int AS count FROM schema_migrations`);
    const rows = await sql?.catch(() => []);
    return [name, Number(rows?.[0]?.['count'] ?? 0)];
  });
  return Object.fromEntries(await Promise.all(counts));
}

const all = (count: number): Readonly<Record<string, number>> =>
  Object.fromEntries(names.map(name => [name, count]));

const states = (): Promise<readonly string[]> =>
  code.webview().locator('[data-column="state"] .state').allInnerTexts();

it('plans for each database of the group from its own status, and changes nothing', async () => {
  await code.openView('Howdah');
  await code.treeRow(nameOf('f')).waitFor();
  await code.command('Howdah: Apply Pending Migrations to Several Databases');
  await code.quickPick(/^tenants/);
  await panel.says('Apply to 6 databases of tenants');
  await expect.poll(states, wait).toEqual(names.map(() => 'waiting'));
  expect(await recorded()).toEqual(all(0));
  // None of many becomes what other commands are for.
  await code.statusBar('Choose database').waitFor();
  await code.screenshot('rollout-planned-dark');
});

it('runs the canary alone, and holds there', async () => {
  await panel.press('Apply to 6 databases', /^Apply to 6/);
  await panel.press('The canary is well', 'Stop Here');
  await panel.says('Stopped by you');
  expect(await recorded()).toEqual({...all(0), a: 2});
});

it('goes on with the others on resume, and starts no further one after a failure', async () => {
  await panel.button('Resume…').click();
  await panel.says('Apply to 5 databases');
  // One at a time: how far the ones beside it get would be a matter of luck.
  await code.webview().getByRole('combobox', {name: 'At the same time'}).click();
  await code.webview().getByRole('option', {name: '1', exact: true}).click();
  await panel.button(/^Apply to 5/).click();
  await panel.says(`${nameOf('d')} failed`);
  await expect.poll(recorded, wait).toEqual({a: 2, b: 2, c: 2, d: 1, e: 0, f: 0});
  expect(await panel.text()).toContain('relation "orders" already exists');
  await expect.poll(async () => (await states()).at(-1), wait).toBe('not begun');
  await code.screenshot('rollout-failed-dark');
});

it('leads to the place in the file, and keeps what was done over a restart of the editor', async () => {
  await code
    .webview()
    .getByRole('button', {name: /orders\.sql:2:/})
    .click();
  await code.editorTab('20260102000000_orders.sql').waitFor();
  await expect
    .poll(() => code.problems(), wait)
    .toContainEqual(expect.stringContaining('relation "orders" already exists'));
  await workspace.write(
    orders,
    '-- migrate:up\nCREATE TABLE IF NOT EXISTS orders (id int);\n\n-- migrate:down\nDROP TABLE orders;\n',
  );
  // The editor has read it again before it is restarted.
  await expect.poll(() => code.editorText(), wait).toContain('IF NOT EXISTS');
  await code.reload();
  await code.editorTab('Apply to tenants').click();
  await panel.says(`${nameOf('d')} failed`);
  await expect.poll(async () => (await states()).length, wait).toBe(names.length);
  const kept = await states();
  expect(kept.slice(0, 3)).toEqual([0, 1, 2].map(() => expect.stringMatching(/^done in/)));
  expect(kept[5]).toBe('not begun');
});

it('ends at the same state everywhere once the file is repaired', async () => {
  await panel.button('Resume…').click();
  await panel.press('Apply to 3 databases', /^Apply to 3/);
  await panel.says('All 6 databases of tenants are up to date');
  expect(await recorded()).toEqual(all(2));
  await code.screenshot('rollout-done-dark');
});

it('has nothing to do the next time, and leaves no session behind', async () => {
  await panel.button('Close').click();
  await code.command('Howdah: Apply Pending Migrations to Several Databases');
  await code.quickPick(/^tenants/);
  await panel.says('All 6 databases of tenants are up to date');
  const sessions = (): Promise<unknown> =>
    databases.get('f')?.sql(`SELECT application_name FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`) ??
    Promise.resolve();
  await expect.poll(sessions, wait).toEqual([]);
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
  expect(code.consoleErrors).toEqual([]);
});
