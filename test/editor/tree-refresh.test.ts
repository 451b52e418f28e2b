import {afterAll, beforeAll, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {runPanel, type RunPanelUser} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const connection = '.env DATABASE_URL';
const tables = ['a', 'b', 'c', 'd', 'e'] as const;
const often = {timeout: 30_000, interval: 20};

let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let panel: RunPanelUser;

steps('tree-refresh', () => code);

beforeAll(async () => {
  database = await createDatabase(16, 'refresh');
  workspace = await createWorkspace({'.env': `DATABASE_URL=${database.url}\n`});
  for (const [index, table] of tables.entries())
    await workspace.migration(
      `00000${index + 1}_${table}`,
      `CREATE TABLE ${table} (id int);`,
      `DROP TABLE ${table};`,
    );
  code = await startVsCode({workspace: workspace.path});
  panel = runPanel(code);
  await code.openView('Howdah');
  await code.expand(connection, 'Migrations');
  await code.treeRow(/^000005 e, pending/).waitFor();
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

/** As a user who does not wait until the tree has settled. */
async function pressAtOnce(row: RegExp, title: string): Promise<void> {
  await code.treeRow(row).hover();
  await code.treeRow(row).getByRole('button', {name: title}).click();
}

it.each(tables.map((table, index) => [`00000${index + 1}`, table] as const))(
  'applies %s from its row as soon as the tree shows the run before',
  async (version, table) => {
    await pressAtOnce(new RegExp(`^${version} ${table}, pending`), 'Apply up to Here');
    await panel.press(/^Apply 1 migration/, /^Apply 1 Migration/);
    await code.treeRow(new RegExp(`^${version} ${table}, current`)).waitFor();
  },
);

it('shows what the runs made, below rows that stayed open', async () => {
  await code.expand(connection, 'public', 'Tables');
  await expect.poll(() => code.treeRows(), often).toContainEqual(expect.stringMatching(/^e\b/));
  await pressAtOnce(/^000005 e, current/, 'Roll Back Last Migration');
  await panel.press(/^Roll back 1 migration/, /^Roll Back 1 Migration/);
  await code.treeRow(/^000005 e, pending/).waitFor();
  await expect.poll(() => code.treeRows(), often).not.toContainEqual(expect.stringMatching(/^e\b/));
  expect(await code.treeRows()).toContainEqual(expect.stringMatching(/^d\b/));
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
  expect(code.consoleErrors).toEqual([]);
});
