import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {steps} from '../rig/vscode-steps.ts';
import {tooltipOf} from '../rig/vscode-tooltip.ts';
import {createWorkspace, sessionsIn, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const wait = {timeout: 30_000};
const first = 'correct-horse-battery-1';
const second = 'correct-horse-battery-2';
let workspace: Workspace;
let database: TestDatabase;
let role: string;
let code: VsCode;

steps('add-connection', () => code);

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
    await code.treeRow(/^Reporting, staging, connected, target/).waitFor();
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
