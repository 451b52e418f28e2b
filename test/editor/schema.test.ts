import {execFile} from 'node:child_process';
import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {startProxy, type Proxy} from '../rig/proxy.ts';
import {runPanel} from '../rig/vscode-run-panel.ts';
import {schemaPanel, type SchemaPanelUser} from '../rig/vscode-schema-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

const connection = '.env DATABASE_URL';
const changed = '.env.changed DATABASE_URL';
const staging = '.env.staging DATABASE_URL';
const wait = {timeout: 60_000};
const sound = shop.slice(0, 3);
let workspace: Workspace;
let database: TestDatabase;
let applied: TestDatabase;
let other: TestDatabase;
let proxy: Proxy;
let reader: string;
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
  await proxy?.stop();
  await applied?.sql(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`).catch(() => {});
  await Promise.all([database?.drop(), applied?.drop(), other?.drop()]);
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

it('has left no error in the console', () => {
  expect(code.consoleErrors).toEqual([]);
});

/** The shop as pg_dump writes it, of an owner that is nowhere else, and with rows. */
const dump = String.raw`--
-- PostgreSQL database dump
--

\restrict kQ3xDpLb

SET statement_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);

CREATE TABLE public.customers (
    id bigint NOT NULL,
    email text NOT NULL
);

ALTER TABLE public.customers OWNER TO shop_owner_of_elsewhere;

CREATE TABLE public.schema_migrations (
    version bigint NOT NULL,
    dirty boolean NOT NULL
);

COPY public.schema_migrations (version, dirty) FROM stdin;
3	f
\.

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);

\unrestrict kQ3xDpLb
`;

/** A second scene in the same folder, with databases of its own. */
async function changeScene(): Promise<void> {
  applied = await createDatabase(16, 'others');
  other = await createDatabase(14, 'staging');
  for (const {up} of sound) await other.sql(up);
  await other.sql('ALTER TABLE customers ALTER COLUMN email DROP NOT NULL');
  proxy = await startProxy(applied.port);
  reader = `reader_${applied.name}`;
  await applied.sql(`CREATE ROLE ${reader} LOGIN PASSWORD 'reader'`);
  for (const name of await files())
    if (name.startsWith('000004')) await workspace.remove(`migrations/${name}`);
  const addresses = {
    '.env.changed': applied.url.replace(`:${applied.port}/`, `:${proxy.port}/`),
    '.env.staging': other.url,
    '.env.reader': applied.url.replace('postgres:postgres@', `${reader}:reader@`),
  };
  for (const [name, url] of Object.entries(addresses)) await workspace.write(name, `DATABASE_URL=${url}\n`);
  await workspace.write('db/schema.sql', dump);
  await workspace.write('db/broken.sql', 'CREATE TABLE t (\n  id int,\n  name txt\n);\n');
  await code.command('View: Close All Editors');
  await code.setSettings({'howdah.rehearse.beforeApply': false});
}

const changedTab = (): Promise<void> => code.editorTab(`Schema of ${changed}`).click();

describe('after an apply', () => {
  beforeAll(changeScene);

  it('tells once what is not as the migrations say, and shows it', async () => {
    await applied.sql('CREATE TABLE by_hand (id int)');
    await code.openView('Howdah');
    await code.contextMenu(code.treeRow(changed), 'Select Target Connection…');
    await code.statusBar(changed).waitFor();
    await code.command('Howdah: Apply All');
    const run = runPanel(code);
    await run.press(/^Apply 3 migrations/, /^Apply 3 Migrations/);
    await code.notification(/is not as the migrations say/).waitFor(wait);
    await code.notificationAction(/is not as the migrations say/, 'Show');
    await panel.says(/^1 warning in 1 object$/);
    expect(await panel.rows()).toContainEqual(expect.stringMatching(/by_hand.* no migration$/));
  });

  it('is quiet when all is as the migrations say', async () => {
    await applied.sql('DROP TABLE by_hand');
    await code.page.keyboard.press('Control+w');
    await workspace.migration(
      '000004_notes',
      'ALTER TABLE orders ADD COLUMN note text;',
      'ALTER TABLE orders DROP COLUMN note;',
    );
    await code.treeRow(changed).waitFor();
    await code.statusBar(/1 pending/).waitFor();
    await code.command('Howdah: Apply All');
    const run = runPanel(code);
    await run.press(/^Apply 1 migration/, /^Apply 1 Migration/);
    await code.statusBar(/is as expected/).waitFor(wait);
    expect(await code.notification(/is not as/).count()).toBe(0);
  });
});

describe('another expected side', () => {
  it('is another database', async () => {
    await code.command('Howdah: Compare Schema with…');
    const offered = await code.quickPickItems();
    expect(offered.join('\n')).toMatch(
      /Migrations applied there[^]*All migrations[^]*db\/schema\.sql[^]*staging/,
    );
    await code.quickPick(new RegExp(`^${staging.replaceAll('.', '\\.')}`));
    await panel.says(/ in 2 objects$/);
    expect(await panel.rows()).toContainEqual(expect.stringMatching(/^Error: .*email.*/));
    await panel.tells('PostgreSQL 14');
  });

  it('is remembered for the next time', async () => {
    await code.command('Howdah: Validate Schema');
    await panel.tells('against');
    await panel.says(/ in 2 objects$/);
    await panel.tells(staging);
  });

  it('is a file that pg_dump wrote', async () => {
    await changedTab();
    await panel.button('Compare with…').click();
    await code.quickPick(/^Schema file, db\/schema\.sql/);
    await expect.poll(async () => (await panel.rows()).join('\n'), wait).toContain('customers_email_key');
    const rows = await panel.rows();
    expect(rows.join('\n')).not.toContain('schema_migrations');
    await panel.tells('db/schema.sql');
  });

  it('cannot be a file that does not run, which is said with its line', async () => {
    await workspace.write('db/schema.sql', await workspace.read('db/broken.sql'));
    await changedTab();
    await panel.button('Validate Again').click();
    await panel.says('The schemas could not be compared');
    await panel.tells('type "txt" does not exist');
    await panel.button('db/schema.sql:3').click();
    await code.statusBar(/Ln 3/).waitFor();
    await changedTab();
    await panel.button('Compare with…').click();
    await code.quickPick(/^Migrations applied there/);
    await panel.says(`${changed} is as the 4 migrations say`);
  });
});

describe('what the embedded server has not', () => {
  it('is replayed in a scratch database on the server, which is gone afterwards', async () => {
    await workspace.migration('000005_dblink', 'CREATE EXTENSION dblink;', 'DROP EXTENSION dblink;');
    await code.statusBar(/1 pending/).waitFor();
    await code.command('Howdah: Apply All');
    await runPanel(code).press(/^Apply 1 migration/, /^Apply 1 Migration/);
    await code.statusBar(/could not be validated/).waitFor(wait);
    await changedTab();
    await panel.says('The schemas could not be compared');
    await panel.tells(/000005_dblink: .*dblink/);
    await panel.button('Use a Scratch Database').click();
    await panel.says(`${changed} is as the 5 migrations say`);
    await panel.tells('replayed in a scratch database, PostgreSQL 16');
    const left = (): Promise<unknown> =>
      applied.sql(`SELECT datname FROM pg_database WHERE datname LIKE 'howdah%'`);
    await expect.poll(left, wait).toEqual([]);
  });
});

describe('a server', () => {
  it('that does not answer is left with Cancel', async () => {
    proxy.pause();
    await panel.button('Validate Again').click();
    await panel.button('Cancel').click();
    await panel.says('Cancelled');
    proxy.resume();
  });

  it('that is gone is said so, with where it was looked for', async () => {
    const {port} = proxy;
    await proxy.stop();
    await panel.button('Validate Again').click();
    await panel.says('The schemas could not be compared');
    await panel.tells(String(port));
    await code.screenshot('schema-gone-dark');
  });
});

it('compares what a role with few rights can see, and says what it cannot', async () => {
  for (const direction of ['up', 'down']) await workspace.remove(`migrations/000005_dblink.${direction}.sql`);
  await applied.sql(`DROP EXTENSION dblink; CREATE FOREIGN DATA WRAPPER elsewhere; CREATE SERVER far FOREIGN DATA WRAPPER elsewhere;
    CREATE USER MAPPING FOR postgres SERVER far OPTIONS (user 'shop', password 'never shown')`);
  await code.openView('Howdah');
  await code.contextMenu(code.treeRow('.env.reader DATABASE_URL'), 'Validate Schema');
  await panel.says(/ in \d objects?$/);
  await panel.tells('4 migrations, all files');
  await panel.tells(/Which migrations have run there could not be read.*permission denied for table/);
  await panel.page.getByRole('tab', {name: /^Not compared/}).click();
  await panel.tells('Options of some user mappings were not read');
  expect(await panel.page.locator('main').innerText()).not.toContain('never shown');
  await code.screenshot('schema-reader-dark');
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
});
