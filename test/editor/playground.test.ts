import {readdir, readFile} from 'node:fs/promises';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {runPanel, type RunPanelUser} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

const wait = {timeout: 60_000};
let workspace: Workspace;
let code: VsCode;
let panel: RunPanelUser;

steps('playground', () => code);

beforeAll(async () => {
  workspace = await createWorkspace();
  for (const {name, up, down} of shop.slice(0, 3)) await workspace.migration(name, up, down);
  code = await startVsCode({workspace: workspace.path, theme: 'high-contrast-light'});
  panel = runPanel(code);
});

afterAll(async () => {
  await code?.stop();
  await workspace?.dispose();
});

/** The processes of embedded servers that this VS Code has started. */
async function servers(): Promise<readonly string[]> {
  const commands = await Promise.all(
    (await readdir('/proc'))
      .filter(name => /^\d+$/.test(name))
      .map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return commands.filter(command => command.includes(code.home) && command.includes('embedded/server'));
}

async function start(): Promise<void> {
  await code.command('Howdah: Start Playground');
  await code.treeRow(/^Playground, development, connected/).waitFor(wait);
}

describe('the playground', () => {
  it('starts with one click, for a user without a database', async () => {
    await code.openView('Howdah');
    expect(await servers()).toEqual([]);
    await code.welcome('Start Playground');
    await code.treeRow(/^Playground, development, connected, target/).waitFor(wait);
    expect(await servers()).toHaveLength(1);
    await code.expand('Playground', 'Migrations');
    await code.treeRow(/^000003 add_order_status, pending/).waitFor();
  });

  it('is a connection like any other', async () => {
    await code.command('Howdah: Apply All Pending Migrations');
    await panel.press('Apply 3 migrations to Playground', 'Apply 3 Migrations');
    await panel.says(/^3 migrations applied in/);
    await code.treeRow(/^Migrations, up to date · 000003/).waitFor();
    await code.rowAt('Playground', 'public', 'Tables', 'orders');
    await code.statusBar('Playground · up to date').waitFor();
    for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
      await code.setTheme(theme);
      await code.screenshot(`playground-${theme}`);
    }
  });

  it('keeps its data when the window is opened anew', async () => {
    await code.reload();
    await expect.poll(servers, wait).toEqual([]);
    await code.openView('Howdah');
    await start();
    await code.expand('Playground', 'Migrations');
    await code.treeRow(/^000003 add_order_status, current/).waitFor(wait);
    await code.rowAt('Playground', 'public', 'Tables', 'customers');
  });

  it('leaves no process when it is stopped', async () => {
    expect(await servers()).toHaveLength(1);
    await code.command('Howdah: Stop Playground');
    await code.treeRow('Playground').waitFor({state: 'detached'});
    await expect.poll(servers, wait).toEqual([]);
  });

  it('forgets its data when it is deleted, once the user has confirmed', async () => {
    await start();
    await code.command('Howdah: Delete Playground and Its Data');
    await code.answer('Cancel');
    expect(await servers()).toHaveLength(1);
    await code.command('Howdah: Delete Playground and Its Data');
    await code.answer('Delete');
    await expect.poll(servers, wait).toEqual([]);
    await start();
    await code.expand('Playground', 'Migrations');
    await code.treeRow(/^000001 create_customers, pending/).waitFor(wait);
  });

  it('has left no error behind', async () => {
    expect(await code.extensionHostErrors()).toEqual([]);
    expect(code.consoleErrors).toEqual([]);
  });
});
