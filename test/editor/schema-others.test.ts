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
const staging = '.env.staging DATABASE_URL';
const wait = {timeout: 60_000};
const sound = shop.slice(0, 3);
let workspace: Workspace;
let database: TestDatabase;
let other: TestDatabase;
let proxy: Proxy;
let code: VsCode;
let panel: SchemaPanelUser;
let reader: string;

steps('schema-others', () => code);

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

beforeAll(async () => {
  database = await createDatabase(16, 'others');
  other = await createDatabase(14, 'staging');
  for (const {up} of sound) await other.sql(up);
  await other.sql('ALTER TABLE customers ALTER COLUMN email DROP NOT NULL');
  proxy = await startProxy(database.port);
  reader = `reader_${database.name}`;
  await database.sql(`CREATE ROLE ${reader} LOGIN PASSWORD 'reader'`);
  workspace = await createWorkspace({
    '.env': `DATABASE_URL=${database.url.replace(`:${database.port}/`, `:${proxy.port}/`)}\n`,
    '.env.staging': `DATABASE_URL=${other.url}\n`,
    '.env.reader': `DATABASE_URL=${database.url.replace('postgres:postgres@', `${reader}:reader@`)}\n`,
    'db/schema.sql': dump,
    'db/broken.sql': 'CREATE TABLE t (\n  id int,\n  name txt\n);\n',
  });
  for (const {name, up, down} of sound) await workspace.migration(name, up, down);
  code = await startVsCode({
    workspace: workspace.path,
    theme: 'dark',
    settings: {'howdah.rehearse.beforeApply': false},
  });
  panel = schemaPanel(code);
});

afterAll(async () => {
  await code?.stop();
  await proxy?.stop();
  await database?.sql(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`).catch(() => {});
  await database?.drop();
  await other?.drop();
  await workspace?.dispose();
});

const tab = (): Promise<void> => code.editorTab(`Schema of ${connection}`).click();

describe('after an apply', () => {
  it('tells once what is not as the migrations say, and shows it', async () => {
    await database.sql('CREATE TABLE by_hand (id int)');
    await code.openView('Howdah');
    await code.contextMenu(code.treeRow(connection), 'Select Target Connection…');
    await code.command('Howdah: Apply All');
    const run = runPanel(code);
    await run.press(/^Apply 3 migrations/, /^Apply 3 Migrations/);
    await code.notification(/is not as the migrations say/).waitFor(wait);
    await code.notificationAction(/is not as the migrations say/, 'Show');
    await panel.says(/^1 warning in 1 object$/);
    expect(await panel.rows()).toContainEqual(expect.stringMatching(/by_hand.* no migration$/));
  });

  it('is quiet when all is as the migrations say', async () => {
    await database.sql('DROP TABLE by_hand');
    await code.page.keyboard.press('Control+w');
    await workspace.migration(
      '000004_notes',
      'ALTER TABLE orders ADD COLUMN note text;',
      'ALTER TABLE orders DROP COLUMN note;',
    );
    await code.treeRow(connection).waitFor();
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
    await tab();
    await panel.button('Compare with…').click();
    await code.quickPick(/^Schema file, db\/schema\.sql/);
    await expect.poll(async () => (await panel.rows()).join('\n'), wait).toContain('customers_email_key');
    const rows = await panel.rows();
    expect(rows.join('\n')).not.toContain('schema_migrations');
    await panel.tells('db/schema.sql');
  });

  it('cannot be a file that does not run, which is said with its line', async () => {
    await workspace.write('db/schema.sql', await workspace.read('db/broken.sql'));
    await tab();
    await panel.button('Validate Again').click();
    await panel.says('The schemas could not be compared');
    await panel.tells('type "txt" does not exist');
    await panel.button('db/schema.sql:3').click();
    await code.statusBar(/Ln 3/).waitFor();
    await tab();
    await panel.button('Compare with…').click();
    await code.quickPick(/^Migrations applied there/);
    await panel.says(`${connection} is as the 4 migrations say`);
  });
});

describe('what the embedded server has not', () => {
  it('is replayed in a scratch database on the server, which is gone afterwards', async () => {
    await workspace.migration('000005_dblink', 'CREATE EXTENSION dblink;', 'DROP EXTENSION dblink;');
    await code.statusBar(/1 pending/).waitFor();
    await code.command('Howdah: Apply All');
    await runPanel(code).press(/^Apply 1 migration/, /^Apply 1 Migration/);
    await code.statusBar(/could not be validated/).waitFor(wait);
    await tab();
    await panel.says('The schemas could not be compared');
    await panel.tells(/000005_dblink: .*dblink/);
    await panel.button('Use a Scratch Database').click();
    await panel.says(`${connection} is as the 5 migrations say`);
    await panel.tells('replayed in a scratch database, PostgreSQL 16');
    const left = (): Promise<unknown> =>
      database.sql(`SELECT datname FROM pg_database WHERE datname LIKE 'howdah%'`);
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
  await database.sql(`DROP EXTENSION dblink; CREATE FOREIGN DATA WRAPPER elsewhere; CREATE SERVER far FOREIGN DATA WRAPPER elsewhere;
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
