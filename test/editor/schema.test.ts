import {execFile} from 'node:child_process';
import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {schemaPanel, type SchemaPanelUser} from '../rig/vscode-schema-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

const connection = '.env DATABASE_URL';
const wait = {timeout: 30_000};
const sound = shop.slice(0, 3);
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let panel: SchemaPanelUser;

steps('schema', () => code);

beforeAll(async () => {
  database = await createDatabase(17, 'schema');
  for (const {up} of sound) await database.sql(up);
  await database.sql(`CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
    INSERT INTO schema_migrations VALUES (3, false)`);
  workspace = await createWorkspace({'.env': `DATABASE_URL=${database.url}\n`});
  for (const {name, up, down} of sound) await workspace.migration(name, up, down);
  await git('init', '-q');
  await git('add', 'migrations');
  await git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-q', '-m', 'Migrations');
  code = await startVsCode({workspace: workspace.path, theme: 'dark'});
  panel = schemaPanel(code);
});

async function git(...parameters: readonly string[]): Promise<void> {
  await promisify(execFile)('git', parameters, {cwd: workspace.path});
}

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

const tab = (): Promise<void> => code.editorTab(`Schema of ${connection}`).click();
const files = async (): Promise<readonly string[]> =>
  (await readdir(join(workspace.path, 'migrations'))).toSorted();

describe('a database that was changed by hand', () => {
  it('is as the migrations say at first', async () => {
    await code.openView('Howdah');
    await code.treeRow(connection).waitFor();
    await code.command('Howdah: Validate Schema');
    await panel.says(`${connection} is as the 3 migrations say`);
    await panel.tells('replayed in the embedded PostgreSQL 18');
    expect(await code.problems()).toEqual([]);
  });

  it('says object by object what differs, how grave it is, and where it comes from', async () => {
    await database.sql(`DROP INDEX customers_email_key;
      ALTER TABLE orders ALTER COLUMN total TYPE integer, ADD COLUMN hotfix boolean`);
    await tab();
    await panel.button('Validate Again').click();
    await panel.says(/ in 2 objects$/);
    const rows = await panel.rows();
    expect(rows.filter(row => row.startsWith('table')).map(row => row.split(',')[0])).toEqual([
      'table public.customers',
      'table public.orders',
    ]);
    const of = (pattern: RegExp): string | undefined => rows.find(row => pattern.test(row));
    expect(of(/customers_email_key/)).toMatch(/^Error: .*missing.* by hand$/);
    expect(of(/total/)).toMatch(/^Error: .*integer.*numeric\(12,2\).* by hand$/);
    expect(of(/hotfix/)).toMatch(/^Warning: .* no migration$/);
  });

  it('shows the values and both definitions', async () => {
    await panel.row(/total.*integer/).click();
    await panel.details
      .getByText('ADD COLUMN total numeric(12,2)')
      .first()
      .waitFor()
      .catch(() => {});
    await panel.details.locator('.diff').waitFor();
    expect(await panel.details.locator('.values').innerText()).toContain('numeric(12,2)');
    await code.screenshot('schema-panel-editor-dark');
  });

  it('is in the Problems view at the line that declares it', async () => {
    await expect
      .poll(async () => (await code.problems()).join('\n'), wait)
      .toMatch(/customers_email_key[^]*total|total[^]*customers_email_key/);
  });

  it('leads to that line', async () => {
    await tab();
    await panel.row(/customers_email_key/).click();
    await panel.button('Go to the Line').click();
    await code.editorTab('000001_create_customers.up.sql').waitFor();
    await code.statusBar(/Ln 7/).waitFor();
  });

  it('is found in the tree', async () => {
    await tab();
    await panel.row(/total.*integer/).click();
    await panel.button('Reveal in Tree').click();
    await expect
      .poll(() => code.page.locator('.part.sidebar .monaco-list-row.focused').innerText(), wait)
      .toContain('orders');
  });

  it('is copied as a report', async () => {
    await tab();
    await panel.menu('Report', 'Copy as Markdown');
    await panel.tells('Copied.');
  });
});

describe('a migration that ran', () => {
  const file = 'migrations/000001_create_customers.up.sql';

  it('is to blame when it was edited since', async () => {
    const text = await workspace.read(file);
    await workspace.write(
      file,
      text.replace('email text NOT NULL,', 'email text NOT NULL,\n    phone text,'),
    );
    await tab();
    await panel.button('Validate Again').click();
    await panel.row(/phone.*edited file$/).click(wait);
    await panel.details.getByText('was edited after it was added, perhaps after it ran here.').waitFor();
    await panel.details.getByRole('button', {name: `${file}:4`}).waitFor();
    await workspace.write(file, text);
    await panel.button('Validate Again').click();
    await panel.row(/phone/).waitFor({state: 'detached'});
    await panel.row(/hotfix/).waitFor();
  });
});

describe('a migration', () => {
  it('that records what the database has is written, rehearsed and opened', async () => {
    await panel
      .row(/hotfix/)
      .locator('.tick')
      .click();
    await panel.menu(/Write Migration for 1 difference/, 'Record what the database has…');
    await code.quickInput.waitFor();
    await code.page.keyboard.press('Enter');
    await expect.poll(files, wait).toHaveLength(8);
    const [written = ''] = (await files()).filter(name => /^000004.*\.up\.sql$/.test(name));
    await code.editorTab(written).waitFor();
    expect(await workspace.read(`migrations/${written}`)).toContain('ADD COLUMN hotfix boolean');
    await panel.tells(/written and rehearsed\. It passes, and what it is about differs no more/);
    await code.screenshot('schema-written-dark');
  });

  it('that makes the database as expected says that it is for this database only', async () => {
    await workspace.remove(`migrations/${(await files()).find(name => /^000004.*\.up\.sql$/.test(name))}`);
    await workspace.remove(`migrations/${(await files()).find(name => /^000004.*\.down\.sql$/.test(name))}`);
    await tab();
    await panel.button('Validate Again').click();
    await panel.says(/ in 2 objects$/);
    await panel
      .row(/hotfix/)
      .locator('.tick')
      .click();
    await panel.menu(/Write Migration for 1 difference/, 'Make the database as expected…');
    await code.quickInput.waitFor();
    await code.page.keyboard.press('Enter');
    await panel.tells(/It is for this database only/);
    const [written = ''] = (await files()).filter(name => /^000004.*\.up\.sql$/.test(name));
    expect(await workspace.read(`migrations/${written}`)).toContain('DROP COLUMN hotfix');
  });

  it('is not needed to see the SQL', async () => {
    await tab();
    await panel.menu(/^Write Migration/, 'Show the SQL that makes it as expected');
    await code.editorTab(/as expected\.sql/).waitFor();
  });
});

describe('what is ignored', () => {
  it('is kept in the settings with its reason, and left out', async () => {
    await tab();
    await panel.row(/hotfix/).click();
    await panel.button('Ignore…').click();
    await code.quickPick(/^This object: column public\.orders\.hotfix/);
    await code.input('the release after next removes it');
    await panel.tells('Ignored');
    await expect
      .poll(async () => workspace.read('.vscode/settings.json').catch(() => ''), wait)
      .toContain('the release after next removes it');
    await expect.poll(async () => (await panel.rows()).some(row => row.includes('hotfix')), wait).toBe(false);
    await panel.page.getByRole('tab', {name: /^Ignored/}).click();
    await panel.tells('the release after next removes it');
  });

  it('comes back with Undo', async () => {
    await code.notificationAction('Ignored from now on', 'Undo');
    await expect.poll(async () => (await panel.rows()).some(row => row.includes('hotfix')), wait).toBe(true);
  });
});

it('is restored after a reload as what it was, and validates again', async () => {
  await tab();
  await code.reload();
  await code.editorTab(`Schema of ${connection}`).waitFor();
  await panel.tells('Then it said:');
  await panel.button('Validate Again').click();
  await panel.says(/ in 2 objects$/);
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
  expect(code.consoleErrors).toEqual([]);
});
