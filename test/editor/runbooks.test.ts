import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {copyRepository, repositories, type Repository} from '../rig/repositories.ts';
import type {Major} from '../rig/servers.ts';
import {runPanel, type RunPanelUser} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, recordedVersion, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

/** What each team runs, and how many migrations are applied there already. */
const teams: readonly {readonly name: string; readonly major: Major; readonly applied: number}[] = [
  {name: 'rules-server', major: 16, applied: 0},
  {name: 'tenant-hosting', major: 15, applied: 4},
  {name: 'threat-models', major: 14, applied: 3},
  {name: 'document-workshop', major: 18, applied: 0},
  // Its .env names a SQLite file; PostgreSQL is what it has in production.
  {name: 'mandates-on-sqlite', major: 17, applied: 0},
];

interface Team extends Repository {
  readonly applied: number;
  readonly database: TestDatabase;
}

const cases = teams.map(team => ({...team, tool: repositoryOf(team.name).framework}));
let all: readonly Team[] = [];
let workspace: Workspace;
let code: VsCode;
let panel: RunPanelUser;

steps('runbooks', () => code);

function repositoryOf(name: string): Repository {
  const repository = repositories.find(each => each.name === name);
  if (!repository) throw new Error(`no repository ${name}`);
  return repository;
}

beforeAll(async () => {
  all = await Promise.all(
    teams.map(async ({name, major, applied}) => ({
      ...repositoryOf(name),
      applied,
      database: await createDatabase(major, 'runbook'),
    })),
  );
  const folders = all.map(({name}) => ({path: name}));
  workspace = await createWorkspace({'teams.code-workspace': JSON.stringify({folders, settings: {}})});
  await Promise.all(
    all.map(async team => {
      await copyRepository(team.name, join(workspace.path, team.name), team.database);
      await applyByHand(team);
    }),
  );
  code = await startVsCode({workspace: join(workspace.path, 'teams.code-workspace'), theme: 'dark'});
  panel = runPanel(code);
  await code.openView('Howdah');
});

afterAll(async () => {
  await code?.stop();
  await Promise.all(all.map(({database}) => database.drop()));
  await workspace?.dispose();
});

/** As the tool leaves it. */
async function applyByHand({name, folder, applied, database}: Team): Promise<void> {
  if (applied === 0) return;
  const path = join(workspace.path, name, folder);
  const files = (await readdir(path)).filter(file => file.endsWith('.up.sql')).toSorted();
  for (const file of files.slice(0, applied)) await database.sql(await readFile(join(path, file), 'utf8'));
  await database.sql(`CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
    INSERT INTO schema_migrations VALUES (${applied}, false)`);
}

function teamOf(name: string): Team {
  const team = all.find(each => each.name === name);
  if (!team) throw new Error(`no team ${name}`);
  return team;
}

/** @returns what the tool's own table says. */
async function recorded({framework, database}: Team): Promise<string> {
  if (framework === 'golang-migrate') return recordedVersion(database);
  const rows = await database.sql('SELECT version_num FROM alembic_version');
  return rows.map(row => String(row['version_num'])).join();
}

/** The last revisions where there are no numbers. */
const revisions: ReadonlyMap<string, readonly [last: string, before: string]> = new Map([
  ['document-workshop', ['f90a6b3c1d25', 'e71f38d0a964']],
  ['mandates-on-sqlite', ['5ea14d8fc607', '4d903c7eb5f6']],
]);

/** Presses the button of a plan, with the connection's name where that is asked for. */
async function confirm(heading: string | RegExp, button: RegExp, connection: string): Promise<void> {
  await panel.says(heading);
  if (connection.includes('production')) await panel.nameField.fill(connection);
  await panel.button(button).first().click();
}

const plural = (count: number): string => `${count} migration${count === 1 ? '' : 's'}`;

describe.each(cases)('$name with $tool', ({name, tool}) => {
  it('is found with its address and its state, applied, and rolled back by one', async () => {
    const team = teamOf(name);
    const {count, applied} = team;
    const [last, before] = revisions.get(name) ?? [String(count), String(count - 1)];
    const connection = `${name}/${team.connection}`;
    const project = `${name}/${team.folder}`;
    const row = (state: string) => code.treeRow(new RegExp(`^${project}, ${state}.* · ${tool}`, 'i'));
    await code.expand(connection);
    await row(`${count - applied} pending · `).waitFor();
    // Only its own: the other teams' migrations are no business of this database.
    expect(await code.treeRow(/ · (?:golang-migrate|Alembic)/i).count()).toBe(1);

    await code.contextMenu(row(''), 'Apply All Pending Migrations');
    await confirm(`Apply ${plural(count - applied)} to ${connection}`, /^Apply \d+ Migrations?$/, connection);
    await panel.says(`${plural(count - applied)} applied`);
    await panel.button('Close').click();
    await row('up to date').waitFor();
    expect(await recorded(team)).toBe(last);
    // What the files lead to in an empty database is compared with what is there now.
    await expect.poll(() => code.extensionHostLog()).toContain(`${connection} is as expected.`);

    await code.contextMenu(row(''), 'Roll Back Last Migration');
    await confirm(/^Roll back 1 migration/, /^Roll Back 1 Migration$/, connection);
    await panel.says(/^1 migration rolled back/);
    await panel.button('Close').click();
    await row('1 pending · ').waitFor();
    expect(await recorded(team)).toBe(before);
    await code.collapse(connection);
  });
});

describe('on a bad day', () => {
  const rowOf = ({name, folder}: Team, state: string) =>
    code.treeRow(new RegExp(`^${name}/${folder}, ${state}`));
  const connectionOf = ({name, connection}: Team): string => `${name}/${connection}`;
  const rewrite = async (path: string, change: (text: string) => string): Promise<void> =>
    workspace.write(path, change(await workspace.read(path)));

  it('makes the database that the compose file names, where the server does not have it yet', async () => {
    const team = teamOf('rules-server');
    const {name} = team.database;
    await rewrite('rules-server/docker-compose.yml', text => text.replaceAll(name, `${name}_new`));
    try {
      await code.expand(connectionOf(team));
      await code.clickRow(`Create database “${name}_new”…`);
      expect(await code.dialog.innerText()).toContain(`/${name}_new`);
      await code.answer('Create');
      await rowOf(team, '7 pending · no version').waitFor();
    } finally {
      await rewrite('rules-server/docker-compose.yml', text => text.replaceAll(`${name}_new`, name));
      const sessions = `SELECT FROM pg_stat_activity WHERE datname = '${name}_new'`;
      await expect.poll(() => team.database.sql(sessions)).toEqual([]);
      await team.database.sql(`DROP DATABASE IF EXISTS "${name}_new" WITH (FORCE)`);
    }
  });

  it('says where two branches have taken the same number, and leads to the file that the list lacks', async () => {
    const team = teamOf('threat-models');
    const path = `${team.name}/${team.folder}/000007_other_branch.up.sql`;
    await code.expand(connectionOf(team), `${team.name}/${team.folder}`);
    await workspace.write(path, 'SELECT 1;\n');
    await rowOf(team, 'blocked · ').waitFor();
    await code.clickRow(/^Version 000007 has several files/);
    await code.editorTab(/^000007_other_branch\.up\.sql/).waitFor();
    await workspace.remove(path);
    await rowOf(team, String.raw`\d pending`).waitFor();
    await code.collapse(connectionOf(team));
  });

  it('says that the bookkeeping table is another tool’s', async () => {
    const team = teamOf('tenant-hosting');
    const {database} = team;
    await database.sql(`ALTER TABLE schema_migrations RENAME TO kept;
      CREATE TABLE schema_migrations (version varchar PRIMARY KEY)`);
    await code.expand(connectionOf(team));
    await code.contextMenu(rowOf(team, ''), 'Refresh');
    await rowOf(team, 'cannot be read · golang-migrate').waitFor();
    await code.expand(connectionOf(team), `${team.name}/${team.folder}`);
    await code.treeRow(/^"public"\."schema_migrations" is the table of another tool/).waitFor();
    await code.screenshot('runbooks-another-tool');
    await database.sql('DROP TABLE schema_migrations; ALTER TABLE kept RENAME TO schema_migrations');
    await code.contextMenu(rowOf(team, ''), 'Refresh');
    await rowOf(team, String.raw`\d pending`).waitFor();
    await code.collapse(connectionOf(team));
  });

  it('keeps a project whose alembic.ini cannot be read, with the line', async () => {
    const team = teamOf('document-workshop');
    const path = `${team.name}/backend/alembic.ini`;
    await code.expand(connectionOf(team), `${team.name}/${team.folder}`);
    await rewrite(path, text => text.replace('[alembic]', '[alembic'));
    await rowOf(team, 'blocked').waitFor();
    await code.treeRow(/^Alembic cannot read alembic\.ini: line 1 begins a section/).waitFor();
    await rewrite(path, text => text.replace('[alembic', '[alembic]'));
    await rowOf(team, String.raw`\d pending`).waitFor();
    await code.collapse(connectionOf(team));
  });

  it('leads from a Python that lacks a module to the setting of the interpreter', async () => {
    const team = teamOf('mandates-on-sqlite');
    const path = `${team.name}/alembic/env.py`;
    await rewrite(path, text => `import not_installed_here\n${text}`);
    await code.expand(connectionOf(team));
    await code.contextMenu(rowOf(team, ''), 'Apply All Pending Migrations');
    await confirm(/^Apply \d migrations?/, /^Apply \d Migrations?$/, connectionOf(team));
    await panel.says('Nothing was begun');
    expect(await panel.text()).toMatch(/alembic\/env\.py:1: ModuleNotFoundError[^]*was started/);
    await code.screenshot('runbooks-no-module');
    await panel.button('Open Setting').click();
    const setting = code.page.locator('.settings-editor').getByText(/The Python that has the project/);
    await setting.first().waitFor();
  });
});

it('has left no error behind', async () => {
  expect([...(await code.extensionHostErrors()), ...code.consoleErrors]).toEqual([]);
});
