import {afterAll, beforeAll, expect, it} from 'vitest';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

let workspace: Workspace;
let code: VsCode;

steps('start-migrations', () => code);

beforeAll(async () => {
  workspace = await createWorkspace({'notes.txt': 'no migrations here\n'});
  code = await startVsCode({workspace: workspace.path, theme: 'light'});
});

afterAll(async () => {
  await code?.stop();
  await workspace?.dispose();
});

it('offers to start where there are no migrations, and shows what it will write', async () => {
  await code.openView('Howdah');
  await code.welcome('Start Migrations in This Project');
  await code.quickPick('node-pg-migrate');
  await code.quickPick('SQL');
  await code.quickPick('Another folder…');
  await code.quickInput.getByText('The folder, relative to').waitFor();
  await code.input('db/changes');
  await code.quickInput.getByText('Name of the first migration').waitFor();
  await code.input('create orders');
  await code.dialog.waitFor();
  expect(await code.dialog.innerText()).toMatch(/db\/changes\/\d+_create-orders\.sql[^]*package\.json/);
  await code.screenshot('start-migrations');
});

it('writes the file, opens it, and knows the project by then', async () => {
  await code.answer('Write Files');
  await code.editorTab(/create-orders\.sql$/).waitFor();
  expect(await code.editorText()).toMatch(/-- Up Migration\n[^]*-- Down Migration/);
  await code.codeLens('Choose a target connection').waitFor();
  expect(await workspace.read('package.json')).toContain('node-pg-migrate --migrations-dir db/changes');
});

it('writes beside them in another tool’s form where that is chosen, over nothing that is there', async () => {
  await code.command('Howdah: Start Migrations in This Project');
  await code.quickPick('golang-migrate');
  await code.quickPick('db/migrations');
  await code.quickInput.getByText('Name of the first migration').waitFor();
  await code.input('create orders');
  await code.answer('Write Files');
  await code.editorTab(/create_orders\.up\.sql$/).waitFor();
  await code.codeLens('Choose a target connection').waitFor();
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
  expect(code.consoleErrors).toEqual([]);
});
