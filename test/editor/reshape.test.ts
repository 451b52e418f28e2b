import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, recordedVersion, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type ThemeName, type VsCode} from '../rig/vscode.ts';

const connection = '.env DATABASE_URL';
const wait = {timeout: 60_000};
const themes: readonly ThemeName[] =
  process.env['HOWDAH_THEMES'] === 'all'
    ? ['light', 'dark', 'high-contrast', 'high-contrast-light']
    : ['dark'];
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;

steps('reshape', () => code);

beforeAll(async () => {
  database = await createDatabase(16, 'reshape');
  await database.sql(`
    CREATE TABLE customers (id bigserial PRIMARY KEY, mail text NOT NULL UNIQUE);
    CREATE VIEW known AS SELECT mail FROM customers;
    INSERT INTO customers (mail) VALUES ('a@b')`);
  workspace = await createWorkspace({'.env': `DATABASE_URL=${database.url}\n`, 'README.md': '# Shop\n'});
  code = await startVsCode({workspace: workspace.path, theme: 'dark'});
});
afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

/** Of the second migration. */
const later = '99990101000000';

const migrations = async (): Promise<readonly string[]> =>
  (await readdir(join(workspace.path, 'migrations'))).toSorted();

const dialogSays = (text: string | RegExp): Promise<void> =>
  expect.poll(() => code.dialog.innerText(), wait).toMatch(text);

describe('a database that was there before any migration', () => {
  it('becomes the first migration, and is recorded as having it', async () => {
    await code.openView('Howdah');
    await code.expand(connection);
    await code.command('Howdah: Baseline an Existing Database…');
    await code.quickPick(/^golang-migrate/);
    await code.input('migrations');
    await dialogSays(/Write the baseline to migrations[^]*Proven: [^]*No statement runs/);
    await code.screenshot('reshape-baseline-question');
    await code.answer('Write and Record');
    await code.editorTab(/^Baseline of/).waitFor(wait);
    await expect.poll(() => code.editorText(), wait).toMatch(/is\srecorded\sat/);
    const [name = ''] = await migrations();
    expect(name).toMatch(/^\d{14}_baseline\.down\.sql$/);
    expect(await workspace.read(`migrations/${name.replace('.down.', '.up.')}`)).toContain(
      'CREATE TABLE public.customers',
    );
    expect(name).toContain(await recordedVersion(database));
    await code.treeRow(/^Migrations, up to date · \d{14} · golang-migrate/).waitFor();
  });

  it('is not made twice, and says what to do instead', async () => {
    await code.command('Howdah: Baseline an Existing Database…');
    await code.quickPick(/^migrations/);
    await code.notification(/has migrations already/).waitFor();
    await code.dismissNotifications();
  });
});

describe('squashing', () => {
  it('refuses while a database has run only some of them', async () => {
    await workspace.migration(
      `${later}_add_name`,
      'ALTER TABLE customers ADD name text;',
      'ALTER TABLE customers DROP name;',
    );
    await code.treeRow(/^Migrations, 1 pending/).waitFor();
    await code.command('Howdah: Squash Migrations…');
    await code.quickPick(new RegExp(`^${later}`));
    await code.notification(/It has run some of them and not 99990101000000/).waitFor();
    await code.dismissNotifications();
  });

  it('makes one file of the oldest, moves them away, and leaves the version', async () => {
    await database.sql(
      `ALTER TABLE customers ADD name text; UPDATE schema_migrations SET version = ${later}`,
    );
    await code.command('Howdah: Refresh');
    await code.treeRow(/^Migrations, up to date · 99990101000000/).waitFor();
    await code.command('Howdah: Squash Migrations…');
    await code.quickPick(new RegExp(`^${later}`));
    await dialogSays(/Make one migration of 2\?[^]*Proven/);
    await code.answer('Squash');
    await code.editorTab(/^Squashing/).waitFor(wait);
    expect(await workspace.read(`migrations/${later}_squashed.up.sql`)).toMatch(/name text/);
    expect((await migrations()).filter(name => !name.startsWith(later))).toEqual([]);
    const archived = await readdir(join(workspace.path, 'migrations.squashed'));
    expect(archived.toSorted().map(name => name.replace(/\d+/, ''))).toEqual([
      'squashed-_baseline.down.sql.txt',
      'squashed-_baseline.up.sql.txt',
      'squashed-_add_name.down.sql.txt',
      'squashed-_add_name.up.sql.txt',
    ]);
    expect(await recordedVersion(database)).toBe(later);
    await code.treeRow(/^Migrations, up to date · 99990101000000/).waitFor();
  });
});

describe('another tool', () => {
  it('gets the same history, and is told what has run', async () => {
    await code.command('Howdah: Convert Migrations to Another Tool…');
    await code.quickPick(/^goose/);
    await code.input('goose');
    await dialogSays(/Write 1 migrations? for goose to goose\?[^]*Proven/);
    await code.answer('Write Files');
    await dialogSays(/Record for goose what has run/);
    await code.answer('Record');
    await code.editorTab(/^Convert/).waitFor(wait);
    expect(
      await database.sql('SELECT version_id::text AS id FROM goose_db_version WHERE version_id > 0'),
    ).toEqual([{id: later}]);
    await code.treeRow(/^goose, up to date/).waitFor();
    await code.treeRow(/^migrations, up to date/).waitFor();
    expect(await recordedVersion(database)).toBe(later);
  });

  it.each(themes)('can be read: %s', async theme => {
    await code.setTheme(theme);
    await code.screenshot(`reshape-${theme}`);
  });

  it('has left no error behind', async () => {
    expect(await code.extensionHostErrors()).toEqual([]);
    const told = /It has run some of them/;
    expect(code.consoleErrors.filter(error => !told.test(error))).toEqual([]);
  });
});
