import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {runPanel} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {tooltipOf} from '../rig/vscode-tooltip.ts';
import {createWorkspace, sessionsIn, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type ThemeName, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

const wait = {timeout: 60_000};
const themes: readonly ThemeName[] =
  process.env['HOWDAH_THEMES'] === 'all'
    ? ['light', 'dark', 'high-contrast', 'high-contrast-light']
    : ['high-contrast-light'];
const first = 'correct-horse-battery-1';
const second = 'correct-horse-battery-2';
const activated = /_doActivateExtension howdah\.howdah/;
let workspace: Workspace;
let database: TestDatabase;
let role: string;
let code: VsCode;

steps('first-steps', () => code);

beforeAll(async () => {
  database = await createDatabase(15, 'added');
  role = `${database.name}_user`;
  await database.sql(`CREATE ROLE "${role}" LOGIN PASSWORD '${first}'`);
  workspace = await createWorkspace({'readme.txt': 'no connection here\n'});
  code = await startVsCode({workspace: workspace.path, theme: 'light'});
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await database?.sql(`DROP ROLE "${role}"`).catch(() => []);
  await workspace?.dispose();
});

/** The files of this VS Code, and of the workspace, that hold a text. */
async function filesWith(text: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of [join(code.home, 'user'), join(code.home, 'data'), workspace.path]) {
    for (const name of await readdir(folder, {recursive: true}).catch((): string[] => [])) {
      const content = await readFile(join(folder, name), 'latin1').catch(() => '');
      if (content.includes(text)) found.push(name);
    }
  }
  return found;
}

/** Types an answer, once its question is asked. */
async function answer(question: string, text: string): Promise<void> {
  await asks(question);
  await code.input(text);
}

const asks = (question: string): Promise<void> => code.quickInput.getByText(question).first().waitFor();

describe('a folder it has nothing to do with', () => {
  it('has it installed, and does not start it', async () => {
    await expect.poll(() => code.extensionHostLog(), wait).toContain('Eager extensions activated');
    await code.treeRow('readme.txt').waitFor();
    expect(await code.extensionHostLog()).not.toMatch(activated);
  });

  it('starts it when its icon is clicked, and is offered what can be done there', async () => {
    await code.openView('Howdah');
    for (const button of ['Add Connection', 'Start Playground'])
      await code.page.locator('.welcome-view').getByRole('button', {name: button}).waitFor(wait);
    await code.screenshot('empty-folder-light');
    expect(await code.extensionHostLog()).toMatch(activated);
  });

  it('has no error', async () => {
    expect(await code.extensionHostErrors()).toEqual([]);
    expect(code.consoleErrors).toEqual([]);
  });
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
    for (const {name, up, down} of shop.slice(0, 3)) await workspace.migration(name, up, down);
    expect(await servers()).toEqual([]);
    await code.welcome('Start Playground');
    await code.treeRow(/^Playground, development, connected, target/).waitFor(wait);
    expect(await servers()).toHaveLength(1);
    await code.expand('Playground', 'Migrations');
    await code.treeRow(/^000003 add_order_status, pending/).waitFor();
  });

  it('is a connection like any other', async () => {
    await code.command('Howdah: Apply All Pending Migrations');
    const panel = runPanel(code);
    await panel.press('Apply 3 migrations to Playground', 'Apply 3 Migrations');
    await panel.says(/^3 migrations applied in/);
    await code.treeRow(/^Migrations, up to date · 000003/).waitFor();
    await code.rowAt('Playground', 'public', 'Tables', 'orders');
    await code.statusBar('Playground · up to date').waitFor();
    for (const theme of themes) {
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
    await code.command('Howdah: Stop Playground');
    await code.treeRow('Playground').waitFor({state: 'detached'});
  });

  it('has left no error behind', async () => {
    expect(await code.extensionHostErrors()).toEqual([]);
    expect(code.consoleErrors).toEqual([]);
  });
});

describe('connections of the user’s own', () => {
  it('are added from an address that is pasted, with a message for one that is wrong', async () => {
    await code.openView('Howdah');
    await code.welcome('Add Connection');
    await code.quickPick(/^Paste an address/);
    await answer(
      'A password in it goes to the secret storage',
      `postgres://${role}:${first}@127.0.0.1:port/${database.name}`,
    );
    await asks('is not a number from 1 to 65535');
    await code.back();
    await code.quickPick(/^Paste an address/);
    await answer(
      'A password in it goes to the secret storage',
      `postgres://${role}:${first}@127.0.0.1:${database.port}/${database.name}?sslmode=disable`,
    );
    await answer('A name to know it by', 'Reporting');
    await code.quickPick(/^Staging/);
    await code.notification('Reporting works: PostgreSQL 15').waitFor();
    expect(await code.notification('Reporting works').innerText()).toContain('without TLS');
    await code.treeRow(/^Reporting, staging, not connected/).waitFor();
    // The test had a session of its own, which is over.
    await expect.poll(() => sessionsIn(database), wait).toEqual([]);
  });

  it('sign in with the kept password, without asking', async () => {
    await code.expand('Reporting', 'public');
    await code.treeRow(/^Reporting, staging, connected/).waitFor();
    expect(await sessionsIn(database)).toHaveLength(1);
  });

  it('are known in the next window', async () => {
    await code.reload();
    await code.openView('Howdah');
    await code.clickRow('Reporting');
    // In the browser VS Code keeps secrets in memory, as long as the window lives.
    await answer('needs a password. It is kept in the secret storage.', first);
    await code.treeRow(/^Reporting, staging, connected/).waitFor();
  });

  it('ask for the password when the server refuses the kept one', async () => {
    await database.sql(`ALTER ROLE "${role}" PASSWORD '${second}'`);
    await code.contextMenu(/^Reporting/, 'Disconnect');
    await code.treeRow(/^Reporting, staging, not connected/).waitFor();
    await code.command('Howdah: Test Connection');
    await asks('was refused. The new one is kept in the secret storage.');
    expect(await code.quickInput.locator('input').getAttribute('type')).toBe('password');
    await code.input('a wrong guess');
    await code.notification(/password authentication failed|password.*refused/i).waitFor();
    await code.dismissNotifications();
    await code.command('Howdah: Test Connection');
    await answer('was refused. The new one is kept in the secret storage.', second);
    await code.notification('Reporting works').waitFor();
    await code.dismissNotifications();
    await code.command('Howdah: Test Connection');
    await code.notification('Reporting works').waitFor();
    await code.dismissNotifications();
  });

  it('are added field by field, with steps back', async () => {
    await code.viewAction('Add Connection');
    await code.quickPick(/^Fill in fields/);
    await answer('Host name or address', '127.0.0.1');
    await asks('Port');
    await code.back();
    await asks('Host name or address');
    await expect.poll(() => code.quickInput.locator('input').inputValue(), wait).toBe('127.0.0.1');
    await code.page.keyboard.press('Enter');
    await answer('Port', '99999');
    await answer('A port is a number from 1 to 65535.', String(database.port));
    await answer('Database', 'no_such_database');
    await answer('User', role);
    await answer('Password; empty for none', second);
    await code.quickPick(/^disable/);
    await answer('A name to know it by', 'Fields');
    await code.quickPick(/^Development/);
    await code.notification(/no_such_database/).waitFor();
    await code.treeRow(/^Fields, development, not connected$/).waitFor();
    // What migrations are applied to has not moved to the new one.
    await code.treeRow(/^Reporting, staging, (?:not )?connected, target/).waitFor();
    await code.dismissNotifications();
  });

  it('say in the tree why they cannot be reached, and what to do', async () => {
    await code.contextMenu(/^Fields/, 'Edit Address…');
    await answer(
      'A password in it goes to the secret storage',
      'postgres://nobody@127.0.0.1:1/shop?sslmode=disable',
    );
    const address = async (): Promise<string> => {
      await code.contextMenu(/^Fields/, 'Copy Address without Password');
      return code.page.evaluate(() => navigator.clipboard.readText());
    };
    await expect.poll(address, wait).toBe('postgresql://nobody@127.0.0.1:1/shop?sslmode=disable');
    await code.expand('Fields');
    const tooltip = await tooltipOf(code, code.treeRow('Nothing listens at 127.0.0.1:1.'));
    expect(await tooltip.innerText()).toContain('that the server (or its container) runs');
    await code.page.mouse.move(800, 500);
    await code.contextMenu(/^Fields/, 'Remove Connection');
    await code.answer('Remove');
    await code.treeRow(/^Fields/).waitFor({state: 'detached'});
  });

  it('leave no password on the disk or in a log', async () => {
    expect(await filesWith('no connection here')).toEqual(['readme.txt']);
    expect(await filesWith('Reporting')).not.toEqual([]);
    expect(await filesWith(first)).toEqual([]);
    expect(await filesWith(second)).toEqual([]);
    expect(await code.extensionHostErrors()).toEqual([]);
    for (const secret of [first, second]) expect(code.consoleErrors.join()).not.toContain(secret);
  });
});
