import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const activated = /_doActivateExtension howdah\.howdah/;
let workspace: string;
let code: VsCode;

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'howdah-workspace-'));
  await writeFile(join(workspace, 'notes.txt'), 'no migrations here\n');
  code = await startVsCode({workspace, theme: 'light'});
});

afterAll(async () => {
  await code?.stop();
  await rm(workspace, {recursive: true, force: true});
});

it('is installed, and not started in a folder it has nothing to do with', async () => {
  await expect.poll(() => code.extensionHostLog(), {timeout: 30_000}).toContain('Eager extensions activated');
  await code.treeRow('notes.txt').waitFor();
  expect(await code.extensionHostLog()).not.toMatch(activated);
});

it('starts when its icon is clicked, and offers what can be done in an empty folder', async () => {
  await code.openView('Howdah');
  for (const button of ['Add Connection', 'Start Playground'])
    await code.page.locator('.welcome-view').getByRole('button', {name: button}).waitFor({timeout: 30_000});
  await code.screenshot('smoke-empty-folder');
  expect(await code.extensionHostLog()).toMatch(activated);
});

it('says in Restricted Mode why it waits', async () => {
  const restricted = await startVsCode({workspace, theme: 'dark', trusted: false});
  try {
    await restricted.openView('Howdah');
    await restricted.page.getByRole('button', {name: 'Manage Workspace Trust'}).first().waitFor();
    await restricted.screenshot('smoke-restricted');
  } finally {
    await restricted.stop();
  }
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
  expect(code.consoleErrors).toEqual([]);
});
