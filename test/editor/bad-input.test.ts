import {createServer} from 'node:net';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {runPanel, type RunPanelUser} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, recordedVersion, sessionsIn, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const secrets = ['first-s3cret', 'second-s3cret'];
const connection = '.env DATABASE_URL';
const wait = {timeout: 30_000};
const good = '.env.local DATABASE_URL';
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let panel: RunPanelUser;

steps('bad-input', () => code);

beforeAll(async () => {
  database = await createDatabase(14, 'wrong');
  workspace = await createWorkspace({
    '.env': `# the shop\nDATABASE_URL=postgres://app:${secrets[0]}@db.example.com:port/shop\n`,
    '.env.local': `DATABASE_URL=${database.url}\n`,
  });
  await workspace.migration('000001_orders', 'CREATE TABLE orders (id int);', 'DROP TABLE orders;');
  await workspace.migration('000002_later', 'CREATE TABLE later (id int);', 'DROP TABLE later;');
  // As saved by an editor in Windows-1252.
  await workspace.migration('000003_cafes', '', 'DROP TABLE cafes;');
  await workspace.write(
    'migrations/000003_cafes.up.sql',
    Buffer.from('-- caf\xe9\nCREATE TABLE cafes ();\n', 'latin1'),
  );
  code = await startVsCode({workspace: workspace.path, theme: 'dark'});
  panel = runPanel(code);
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

const env = (address: string): Promise<void> => workspace.write('.env', `DATABASE_URL=${address}\n`);

describe('what users get wrong', () => {
  it('shows an address that cannot be read as a row, and leads to its line', async () => {
    await code.openView('Howdah');
    const problem = code.treeRow(/^\.env DATABASE_URL, The port .*is not a number from 1 to 65535/);
    await problem.waitFor();
    await code.contextMenu(problem, 'Go to Source');
    await code.editorTab('.env').waitFor();
    await code.page.locator('.statusbar-item', {hasText: 'Ln 2,'}).waitFor();
  });

  it('reads the file again once it is changed, and says that there is no such database', async () => {
    await env(database.url.replace(database.name, 'no_such'));
    await code.treeRow(/^\.env DATABASE_URL, development, not connected/).waitFor();
    await code.expand(connection);
    const at = `127.0.0.1:${database.port}`;
    await code.treeRow(new RegExp(`^There is no database "no_such" at ${at}`)).waitFor();
  });

  it('asks for the password that a server refuses, and says why when none is given', async () => {
    await code.collapse(connection);
    await env(database.url.replace('postgres:postgres@', `postgres:${secrets[1]}@`));
    // Both files name one database now, which is one row: the change has been read.
    await code.treeRow(/^\.env\.local DATABASE_URL/).waitFor({state: 'detached'});
    await code.contextMenu(code.treeRow(/^\.env DATABASE_URL,/), 'Test Connection');
    await code.quickInput.getByText('was refused').waitFor();
    await code.page.keyboard.press('Escape');
    await code.notification('did not accept the password of "postgres"').waitFor();
    await code.dismissNotifications();
  });

  it('says that a certificate is not trusted', async () => {
    const root = join(import.meta.dirname, '../fixtures/tls/other-ca.crt');
    await env(`${database.url.replace('sslmode=disable', 'sslmode=verify-full')}&sslrootcert=${root}`);
    await expect
      .poll(async () => {
        await code.contextMenu(code.treeRow(/^\.env DATABASE_URL,/), 'Test Connection');
        // Until the file is read again, it is the password of before that is refused.
        const asks = code.quickInput.getByText('was refused');
        const answer = code.notification(/Testing \.env DATABASE_URL: /);
        await asks.or(answer).first().waitFor();
        if (!(await asks.isVisible())) return answer.innerText();
        await code.page.keyboard.press('Escape');
        await code.dismissNotifications();
        return '';
      }, wait)
      .toMatch(/certificate/);
    await code.dismissNotifications();
  });

  it('follows an address that changes in its file, to the other database', async () => {
    const other = await createDatabase(14, 'other');
    await env('postgres://nobody@127.0.0.1:1/shop');
    await code.expand(good, 'Migrations');
    await code.treeRow(/^000001 orders, pending/).waitFor();
    expect(await sessionsIn(database)).toHaveLength(1);
    await other.sql(`CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
      INSERT INTO schema_migrations VALUES (2, false)`);
    await workspace.write('.env.local', `DATABASE_URL=${other.url}\n`);
    await expect.poll(() => sessionsIn(database), wait).toEqual([]);
    await code.expand(good, 'Migrations');
    await code.treeRow(/^000002 later, current/).waitFor();
    await workspace.write('.env.local', `DATABASE_URL=${database.url}\n`);
    await expect.poll(() => sessionsIn(other), wait).toEqual([]);
    await code.expand(good, 'Migrations');
    await code.treeRow(/^000002 later, pending/).waitFor();
    await other.drop();
  });

  it('does not try again by itself to reach a server that closes the connection', async () => {
    let attempts = 0;
    const listener = createServer(socket => {
      attempts += 1;
      socket.destroy();
    });
    await new Promise<void>(resolve => void listener.listen(0, '127.0.0.1', resolve));
    const address = listener.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await env(`postgres://nobody@127.0.0.1:${port}/shop?sslmode=disable`);
    await code.treeRow(/^\.env DATABASE_URL, development, not connected/).waitFor();
    await code.expand(connection);
    await code
      .treeRow(`The server at 127.0.0.1:${port} closed the connection before it was ready.`)
      .waitFor();
    // The change of the file may still be told twice.
    await code.page.waitForTimeout(500);
    const before = attempts;
    await code.page.waitForTimeout(1500);
    expect(attempts).toBe(before);
    listener.close();
    await code.collapse(connection);
  });

  it('runs nothing of a file that was deleted after its plan', async () => {
    const up = await workspace.read('migrations/000001_orders.up.sql');
    await code.contextMenu(code.treeRow(/^000001 orders, pending/), 'Apply up to Here…');
    await panel.says(`Apply 1 migration to ${good}`);
    await workspace.remove('migrations/000001_orders.up.sql');
    await panel.button('Apply 1 Migration').click();
    await panel.says('Nothing was begun');
    expect(await panel.text()).toContain('000001_orders.up.sql cannot be read (ENOENT).');
    expect(await panel.text()).toContain('Check that the file exists');
    expect(await recordedVersion(database)).toBe('no table');
    await workspace.write('migrations/000001_orders.up.sql', up);
  });

  it('says that a file is not UTF-8', async () => {
    await code.contextMenu(code.treeRow(/^Migrations,/).first(), 'Apply All Pending Migrations');
    const message = code.notification('000003_cafes.up.sql is not UTF-8 text');
    await message.waitFor();
    expect(await message.innerText()).toContain('Save the file with the encoding UTF-8 and try again.');
    expect(await recordedVersion(database)).toBe('no table');
    // The files before it are not held up.
    await code.contextMenu(code.treeRow(/^000002 later, pending/), 'Apply up to Here…');
    await panel.press(`Apply 2 migrations to ${good}`, 'Apply 2 Migrations');
    await panel.says(/^2 migrations applied in/);
    expect(await recordedVersion(database)).toBe('2');
  });

  it('has no stack and no secret in any message or log', async () => {
    await code.command('Notifications: Show Notifications');
    const shown = await code.page.locator('.notifications-center, .notifications-toasts').allInnerTexts();
    const log = await code.extensionHostLog();
    for (const text of [...shown, log, ...code.consoleErrors])
      for (const secret of [...secrets, 'postgres:postgres']) expect(text).not.toContain(secret);
    expect([...shown, log].join('\n')).not.toMatch(/^\s+at .*howdah/m);
    expect(await code.extensionHostErrors()).toEqual([]);
  });
});
