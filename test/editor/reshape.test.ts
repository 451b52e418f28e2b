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

/** Reports are shown as they are meant to be read. */
async function reportSays(tab: RegExp, text: RegExp): Promise<void> {
  const active = code.page.locator('.tabs-container .tab.active').first();
  await expect.poll(() => active.innerText(), wait).toMatch(tab);
  await expect.poll(() => code.webview().locator('body').innerText(), wait).toMatch(text);
}

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
    await reportSays(/^\[Preview\] Baseline of/, /is recorded at/);
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
    await dialogSays(/Make one migration of 2 in migrations\?[^]*Proven/);
    await code.answer('Squash');
    await reportSays(/^\[Preview\] Squashing migrations/, /2 migrations, .* are one now/);
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
    await reportSays(/^\[Preview\] Convert/, /What to remove, and when/);
    expect(
      await database.sql('SELECT version_id::text AS id FROM goose_db_version WHERE version_id > 0'),
    ).toEqual([{id: later}]);
    await code.treeRow(/^goose, up to date/).waitFor();
    await code.treeRow(/^migrations, up to date/).waitFor();
    expect(await recordedVersion(database)).toBe(later);
  });
});

/** What goose has recorded, the oldest first. */
const gooseRows = async (): Promise<readonly unknown[]> => {
  const rows = await database.sql(
    'SELECT version_id::text AS id FROM goose_db_version WHERE version_id > 0 ORDER BY id',
  );
  return rows.map(({id}) => id);
};

const gooseFiles = async (): Promise<readonly string[]> =>
  (await readdir(join(workspace.path, 'goose'))).toSorted();

/** Of the next migration of goose. */
const newest = '99990102000000';

async function startSquash(): Promise<void> {
  await code.command('Howdah: Squash Migrations…');
  await code.quickPick(/^goose/);
  await code.quickPick(new RegExp(`^${newest}`));
}

async function squashes(): Promise<void> {
  await startSquash();
  await dialogSays(/Make one migration of 2 in goose\?/);
  // The button is the default one.
  await code.page.keyboard.press('Enter');
}

/** As the report says it. */
async function undo(): Promise<void> {
  await code.editorTab(`${newest}_squashed.sql`).first().click();
  await code.page.locator('.editor-group-container.active .monaco-editor .view-lines').first().click();
  await code.page.keyboard.press('Control+z');
  await expect.poll(gooseFiles, wait).toEqual(both);
  expect(await readdir(join(workspace.path, 'goose.squashed'))).toEqual([]);
}

const both = [`${later}_squashed.sql`, `${newest}_add_phone.sql`];

describe('squashing for a tool that records every migration', () => {
  it('changes nothing when the user leaves', async () => {
    await workspace.write(
      `goose/${newest}_add_phone.sql`,
      '-- +goose Up\nALTER TABLE customers ADD phone text;\n\n-- +goose Down\nALTER TABLE customers DROP phone;\n',
    );
    await database.sql(
      `ALTER TABLE customers ADD phone text; INSERT INTO goose_db_version (version_id, is_applied) VALUES (${newest}, true)`,
    );
    await code.command('Howdah: Refresh');
    await code.treeRow(/^goose, up to date · 99990102000000/).waitFor();
    await startSquash();
    await code.notificationAction(/Squashing goose/, 'Cancel');
    await code.notification(/Squashing goose/).waitFor({state: 'detached'});
    await startSquash();
    await dialogSays(
      /Make one migration of 2 in goose\?[^]*DATABASE_URL \(development\) has run all of them/,
    );
    await code.screenshot('reshape-squash-question');
    await code.page.keyboard.press('Escape');
    await code.dialog.waitFor({state: 'detached'});
    expect(await gooseFiles()).toEqual(both);
    expect(await gooseRows()).toEqual([later, newest]);
  });

  it('leaves the rows when the user wants that, and comes back with one Undo', async () => {
    await squashes();
    await dialogSays(/Correct what is recorded on[^]*Target: \.env DATABASE_URL \(development\)/);
    for (const theme of themes) {
      await code.setTheme(theme);
      await code.screenshot(`reshape-correct-${theme}`);
    }
    await code.answer('Cancel');
    await reportSays(/^\[Preview\] Squashing goose/, /you chose to leave its rows as they are/);
    expect(await gooseFiles()).toEqual([`${newest}_squashed.sql`]);
    await undo();
    expect(await gooseRows()).toEqual([later, newest]);
    await code.treeRow(/^goose, up to date · 99990102000000/).waitFor();
  });

  it('asks nothing about a connection that is read-only', async () => {
    await code.contextMenu(connection, 'Make Read-Only');
    await squashes();
    await reportSays(/^\[Preview\] Squashing goose/, /it is read-only, so its rows were left as they are/);
    await undo();
    await code.contextMenu(connection, 'Allow Writing');
  });

  it('corrects the rows on production once its name is typed', async () => {
    await code.contextMenu(connection, 'Set Environment…');
    await code.quickPick(/^production/i);
    await squashes();
    await code.quickInput
      .getByText('The rows of 99990101000000, whose files were moved, are taken out')
      .waitFor(wait);
    await code.screenshot('reshape-correct-production');
    await code.input(connection);
    await reportSays(/^\[Preview\] Squashing goose/, /the rows of the old files are taken out/);
    await expect.poll(gooseRows, wait).toEqual([newest]);
    await code.treeRow(/^goose, up to date · 99990102000000/).waitFor();
  });

  it.each(themes)('can be read: %s', async theme => {
    await code.setTheme(theme);
    await code.screenshot(`reshape-${theme}`);
  });

  it('has left no error behind', async () => {
    expect(await code.extensionHostErrors()).toEqual([]);
    // The second is VS Code's own preview of Markdown.
    const told = /It has run some of them|vscode\.markdown-language-features/;
    expect(code.consoleErrors.filter(error => !told.test(error))).toEqual([]);
  });
});
