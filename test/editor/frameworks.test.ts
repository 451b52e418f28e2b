import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {runPanel, type RunPanelUser} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type ThemeName, type VsCode} from '../rig/vscode.ts';

const connection = 'legacy/.env DATABASE_URL';
const wait = {timeout: 30_000};
const themes: readonly ThemeName[] =
  process.env['HOWDAH_THEMES'] === 'all'
    ? ['light', 'dark', 'high-contrast', 'high-contrast-light']
    : ['dark'];
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let panel: RunPanelUser;

steps('frameworks', () => code);

/** One repository for each tool, all with the same database. */
const repositories: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  api: {
    'package.json': '{"name": "api", "devDependencies": {"node-pg-migrate": "^8.0.0"}}',
    'migrations/1700000000001_create-users.sql':
      '-- Up Migration\nCREATE TABLE users (id int PRIMARY KEY);\n\n-- Down Migration\nDROP TABLE users;\n',
    'migrations/1700000000002_add-email.sql':
      '-- Up Migration\nALTER TABLE users ADD COLUMN email text;\n\n-- Down Migration\nALTER TABLE users DROP COLUMN email;\n',
  },
  billing: {
    'db/migrations/20240101000001_create_invoices.sql':
      '-- migrate:up\nCREATE TABLE invoices (id int PRIMARY KEY);\n\n-- migrate:down\nDROP TABLE invoices;\n',
    'db/migrations/20240101000002_break.sql':
      '-- migrate:up\nCREATE TABLE lines (id int PRIMARY KEY);\nSELECT nothing_there;\n\n-- migrate:down\nDROP TABLE lines;\n',
  },
  data: {
    'flyway.conf': 'flyway.locations=filesystem:sql\n',
    'sql/V1__create_metrics.sql': 'CREATE TABLE metrics (id int PRIMARY KEY);\n',
  },
  jobs: {
    'migrations/00001_create_jobs.sql':
      '-- +goose Up\nCREATE TABLE jobs (id int PRIMARY KEY);\n\n-- +goose Down\nDROP TABLE jobs;\n',
  },
  legacy: {
    '.vscode/settings.json': '{"howdah.golangMigrate.table": "legacy_migrations"}',
    'migrations/000001_create_orders.up.sql': 'CREATE TABLE orders (id int PRIMARY KEY);\n',
    'migrations/000001_create_orders.down.sql': 'DROP TABLE orders;\n',
  },
  web: {
    'package.json': '{"name": "web", "devDependencies": {"prisma": "^6.0.0"}}',
    'prisma/schema.prisma':
      'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n',
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    'prisma/migrations/20240102000000_create_pages/migration.sql':
      'CREATE TABLE pages (id int PRIMARY KEY);\n',
  },
};

beforeAll(async () => {
  database = await createDatabase(17, 'frameworks');
  const files = Object.entries(repositories).flatMap(([name, own]) =>
    Object.entries(own).map(([path, text]) => [`${name}/${path}`, text] as const),
  );
  const folders = Object.keys(repositories).map(path => ({path}));
  workspace = await createWorkspace({
    ...Object.fromEntries(files),
    'legacy/.env': `DATABASE_URL=${database.url}\n`,
    'all.code-workspace': JSON.stringify({folders, settings: {}}),
  });
  code = await startVsCode({workspace: `${workspace.path}/all.code-workspace`, theme: 'dark'});
  panel = runPanel(code);
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

const row = (name: RegExp): Promise<void> => code.treeRow(name).waitFor();
const tables = async (): Promise<readonly unknown[]> => {
  const rows = await database.sql(
    `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  return rows.map(({relname}) => relname);
};

/** Chooses a project for a command of the palette. */
async function inProject(command: string, project: RegExp): Promise<void> {
  await code.command(command);
  await code.quickPick(project);
}

describe('a workspace with a repository for each tool', () => {
  it('names each project by its folder and its tool, with what is pending there', async () => {
    await code.openView('Howdah');
    await code.expand(connection);
    await row(/^api\/migrations, 2 pending · no version · node-pg-migrate/);
    await row(/^billing\/db\/migrations, 2 pending · no version · dbmate/);
    await row(/^data\/sql, 1 pending · no version · Flyway/);
    await row(/^jobs\/migrations, 1 pending · no version · goose/);
    await row(/^legacy\/migrations, 1 pending · no version · golang-migrate/);
    await row(/^web\/prisma\/migrations, 1 pending · no version · Prisma/);
    await expect.poll(() => code.activityBadge('Howdah').innerText(), wait).toBe('8');
  });

  it('applies and rolls back with node-pg-migrate as its own command line does', async () => {
    await inProject('Howdah: Apply All Pending Migrations', /^api\/migrations/);
    await panel.press(`Apply 2 migrations to ${connection}`, 'Apply 2 Migrations');
    await panel.says(/^2 migrations applied/);
    await panel.button('Close').click();
    await row(/^api\/migrations, up to date · 1700000000002 · node-pg-migrate/);
    expect((await database.sql('SELECT name FROM pgmigrations ORDER BY id')).map(({name}) => name)).toEqual([
      '1700000000001_create-users',
      '1700000000002_add-email',
    ]);
    await code.contextMenu(/^api\/migrations,/, 'Roll Back Last Migration');
    await panel.press(/^Roll back 1 migration/, 'Roll Back 1 Migration');
    await panel.says(/^1 migration rolled back/);
    await panel.button('Close').click();
    await row(/^api\/migrations, 1 pending · 1700000000001 · node-pg-migrate/);
  });

  it('asks for the project that was chosen last first', async () => {
    await code.command('Howdah: Show SQL That Will Run');
    await code.quickInput.locator('.monaco-list-row.focused', {hasText: 'api/migrations'}).waitFor();
    await code.page.keyboard.press('Enter');
    await code.editorTab(/^SQL for/).waitFor();
    await expect.poll(() => code.editorText(), wait).toContain('ADD COLUMN email');
  });

  it('shows one set of lenses above a file with both directions, and leads to what rolls it back', async () => {
    await code.expand(connection, 'api/migrations');
    await code.clickRow(/^1700000000001 create-users, current/);
    await code.codeLens(`current on ${connection}`).waitFor();
    expect(await code.codeLens('Roll back').count()).toBe(1);
    await code.contextMenu(/^1700000000001 create-users, current/, 'Open Down File');
    await code.statusBar('Ln 4, Col 1').waitFor();
  });

  it('shows a failure at its token in one file, and nothing of it is recorded by a tool that undoes it', async () => {
    await code.contextMenu(/^billing\/db\/migrations,/, 'Apply All Pending Migrations');
    await panel.applyAnyway(`Apply 2 migrations to ${connection}`);
    await panel.says(/20240101000002 break failed/);
    await code.screenshot('frameworks-failed');
    await panel.button('Close').click();
    await row(/^billing\/db\/migrations, 1 pending · 20240101000001 · dbmate/);
    expect(await tables()).not.toContain('lines');
    expect(await code.problems()).toContainEqual(expect.stringContaining('nothing_there'));
  });

  it('offers no way back where the tool has none, and says why where it is asked for', async () => {
    // Prisma begins with nothing but an empty database, or with what is recorded as applied.
    await code.contextMenu(/^web\/prisma\/migrations,/, 'Apply All Pending Migrations');
    await code.notification(/P3005/).waitFor();
    await code.dismissNotifications();
    await database.sql('CREATE TABLE pages (id int PRIMARY KEY)');
    await code.expand(connection, 'web/prisma/migrations');
    await row(/^web\/prisma\/migrations, blocked · 1 pending/);
    await row(/^The database has tables already and no record of migrations.*P3005/);
    await code.screenshot('frameworks-refused');
    await code.contextMenu(/^20240102000000/, 'Force Version…');
    expect(await code.dialog.innerText()).toContain('resolve');
    await code.answer('Record');
    await row(/^web\/prisma\/migrations, up to date · .* · Prisma/);
    expect(await code.contextMenuItems(/^web\/prisma\/migrations,/)).not.toContain(
      'Roll Back Last Migration',
    );
    expect(await code.contextMenuItems(/^billing\/db\/migrations,/)).toContain('Roll Back Last Migration');
    await code.openFile('migration.sql');
    await code.command('Howdah: Roll Back Last Migration');
    await code.notification(/Prisma/).waitFor();
    await code.dismissNotifications();
  });

  it('says that a file was edited after it ran', async () => {
    const path = 'web/prisma/migrations/20240102000000_create_pages/migration.sql';
    await workspace.write(path, 'CREATE TABLE pages (id bigint PRIMARY KEY);\n');
    await row(/^web\/prisma\/migrations, 1 edited · /);
    await code.expand(connection, 'web/prisma/migrations');
    await row(/^20240102000000.*, edited after it ran/);
  });

  it('follows the setting that says whose a folder is, at once', async () => {
    const settings = {'howdah.migrations.frameworks': {migrations: 'none'}};
    await workspace.write('jobs/.vscode/settings.json', JSON.stringify(settings));
    await code.treeRow(/^jobs\/migrations,/).waitFor({state: 'detached'});
    await row(/^api\/migrations,/);
    await workspace.remove('jobs/.vscode/settings.json');
    await row(/^jobs\/migrations, 1 pending/);
  });

  it('writes a new migration in the form of its tool', async () => {
    await code.contextMenu(/^jobs\/migrations,/, 'Create Migration…');
    await code.quickPick(/^Create table/);
    await code.quickInput.getByText('Name of the migration').waitFor();
    await code.input('create runs');
    await code.quickInput.getByText('Table (Press').waitFor();
    await code.input('runs');
    await code.editorTab(/create_runs\.sql$/).waitFor();
    const text = await code.editorText();
    expect(text).toMatch(/-- \+goose Up\n[^]*CREATE TABLE runs \([^]*-- \+goose Down\n[^]*DROP TABLE runs;/);
    await row(/^jobs\/migrations, 2 pending/);
  });

  it.each(themes)('can be read: %s', async theme => {
    await code.setTheme(theme);
    await code.collapse(/^api\/migrations,/).catch(() => {});
    await code.screenshot(`frameworks-${theme}`);
  });

  it('has left no error behind', async () => {
    // VS Code logs what was shown as an error.
    const errors = [...(await code.extensionHostErrors()), ...code.consoleErrors];
    expect(errors.filter(line => !line.includes('P3005'))).toEqual([]);
  });
});
