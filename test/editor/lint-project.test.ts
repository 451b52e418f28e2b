import {execFile} from 'node:child_process';
import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {openFor, value} from '../rig/sessions.ts';
import {lintUser, type LintUser} from '../rig/vscode-lint.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, sessionsIn, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type ThemeName, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

const wait = {timeout: 60_000};
const themes: readonly ThemeName[] =
  process.env['HOWDAH_THEMES'] === 'all' ? ['light', 'high-contrast', 'high-contrast-light'] : ['light'];
const sound = shop.slice(0, 3);
const file = '000004_find_orders.up.sql';
const index = 'CREATE INDEX orders_by_customer ON orders (customer_id);\n';
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let lint: LintUser;

steps('lint-project', () => code);

beforeAll(async () => {
  database = await createDatabase(16, 'lint');
  for (const {up} of sound) await database.sql(up);
  await database.sql(`CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
    INSERT INTO schema_migrations VALUES (3, false)`);
  // With two of them none is the target before it is chosen.
  const address = `DATABASE_URL=${database.url}\n`;
  workspace = await createWorkspace({'.env': address, '.env.staging': address});
  for (const {name, up, down} of sound) await workspace.migration(name, up, down);
  await workspace.migration('000004_find_orders', index, 'DROP INDEX orders_by_customer;');
  await git('init', '-q');
  await commit('migrations');
  code = await startVsCode({
    workspace: workspace.path,
    theme: 'dark',
    executes: true,
    settings: {'files.autoSave': 'off'},
  });
  lint = lintUser(code);
});

async function git(...parameters: readonly string[]): Promise<void> {
  await promisify(execFile)('git', parameters, {cwd: workspace.path});
}

async function commit(...paths: readonly string[]): Promise<void> {
  await git('add', ...paths);
  await git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-q', '-m', 'Migrations');
}

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

const problems = async (): Promise<string> => (await code.problems()).join('\n');

async function write(text: string): Promise<void> {
  await code.page.keyboard.press('Control+1');
  await code.page.keyboard.press('Control+a');
  await code.page.keyboard.insertText(text);
}

describe('a target', () => {
  it('is not connected for findings', async () => {
    await code.openFile(file);
    await expect.poll(problems, wait).toContain('Blocks writes to orders');
    expect(await sessionsIn(database)).toEqual([]);
  });

  it('makes a finding silent, once it shows that the table is small', async () => {
    await code.openView('Howdah');
    await code.expand('.env DATABASE_URL', 'Migrations');
    await expect.poll(problems, wait).not.toContain('Blocks writes to orders');
  });

  it('makes it come back with its size, when that matters', async () => {
    await code.setSettings({'files.autoSave': 'off', 'howdah.lint.smallTable': 0});
    await expect.poll(problems, wait).toContain('Blocks writes to orders');
    await code.page.keyboard.press('Control+1');
    await lint.goTo(1, 9);
    const hover = await lint.hover();
    await expect.poll(() => hover.innerText(), wait).toMatch(/Read from \.env DATABASE_URL/);
    await code.screenshot('lint-target-dark');
    await code.page.keyboard.press('Escape');
  });

  it('is asked again who is in the way, when somebody looks at it', async () => {
    const holder = await openFor(database, {}, {applicationName: 'nightly-report'});
    value(await holder.script('BEGIN; LOCK TABLE orders IN ROW EXCLUSIVE MODE'));
    const told = async (): Promise<string> => {
      await code.page.keyboard.press('Control+1');
      await lint.goTo(1, 9);
      const hover = await lint.hover();
      const words = await hover.innerText();
      await code.page.keyboard.press('Escape');
      return words;
    };
    await expect
      .poll(told, {...wait, interval: 2000})
      .toMatch(
        /orders is locked in ROW EXCLUSIVE by nightly-report \(pid \d+, .*idle in transaction, open for \d+ s\): this would wait for it\.[^]*Read from \.env DATABASE_URL just now/,
      );
    await lint.hover();
    await code.screenshot('lint-holder-dark');
    await code.page.keyboard.press('Escape');
    await holder.close();
  });

  it('shows counts beside the migrations', async () => {
    await code.treeRow(/^000004 find_orders, pending · 1 warning/).waitFor();
    await code
      .statusBar(/^\s*1$/)
      .first()
      .waitFor();
  });

  it('counts as the repository says', async () => {
    await workspace.write('howdah.json', '{"lint": {"rules": {"index-not-concurrent": "hint"}}}');
    await expect.poll(problems, wait).not.toContain('Blocks writes to orders');
    await workspace.remove('howdah.json');
    await expect.poll(problems, wait).toContain('Blocks writes to orders');
  });
});

describe('what only an execution finds', () => {
  it('is shown at its token after a pause, and goes with the next key', async () => {
    await write('ALTER TABLE orders ADD COLUMN note text DEFAULT no_such_function();');
    await expect
      .poll(problems, wait)
      .toMatch(/no_such_function\(\) does not exist[^]*line 1 and character 49/);
    await code.screenshot('lint-executed-dark');
    await write('ALTER TABLE orders ADD COLUMN note text;');
    await expect.poll(problems, wait).not.toContain('no_such_function');
  });

  it('is shown after a save, where that is wanted', async () => {
    const settings = {'files.autoSave': 'off', 'howdah.lint.smallTable': 0};
    await code.setSettings({...settings, 'howdah.lint.rehearse': 'onSave'});
    await write('ALTER TABLE orders ADD COLUMN note text DEFAULT no_such_function();');
    await code.page.waitForTimeout(4000);
    expect(await problems()).not.toContain('no_such_function');
    await code.page.keyboard.press('Control+1');
    await code.page.keyboard.press('Control+s');
    await expect.poll(problems, wait).toContain('no_such_function() does not exist');
    await write(index);
    await code.page.keyboard.press('Control+s');
    await expect.poll(problems, wait).not.toContain('no_such_function');
    await code.setSettings(settings);
  });
});

describe('in another theme', () => {
  it.each(themes)('findings can be read: %s', async theme => {
    await code.openFile(file);
    await write(index);
    await expect.poll(problems, wait).toContain('Blocks writes to orders');
    await code.setTheme(theme);
    await code.page.keyboard.press('Control+1');
    await lint.goTo(1, 9);
    const hover = await lint.hover();
    await expect.poll(() => hover.innerText(), wait).toContain('Writers wait');
    await code.screenshot(`lint-hover-${theme}`);
    await code.page.keyboard.press('Escape');
    await lint.openFixes();
    await code.screenshot(`lint-fixes-${theme}`);
    await code.page.keyboard.press('Escape');
  });
});

describe('names', () => {
  it('lead to where they were made', async () => {
    await write('ALTER TABLE orders ADD COLUMN note text;');
    await lint.goTo(1, 14);
    await code.page.keyboard.press('F12');
    await code.editorTab('000002_create_orders.up.sql').waitFor();
    await code.statusBar(/Ln 1, Col 14/).waitFor();
  });

  it('are completed', async () => {
    await code.openFile(file);
    await write('CREATE INDEX orders_by_total ON orders (');
    await code.page.keyboard.type('cus');
    await code.page.keyboard.press('Control+Space');
    await code.page.locator('.suggest-widget .monaco-list-row', {hasText: 'customer_id'}).first().waitFor();
    await code.screenshot('lint-complete-dark');
    await code.page.keyboard.press('Escape');
  });
});

describe('the place among other files', () => {
  it('is told when two have one version, which one choice mends for both directions', async () => {
    await workspace.migration(
      '000004_other',
      'CREATE TABLE other (id bigint PRIMARY KEY);',
      'DROP TABLE other;',
    );
    await code.openView('Explorer');
    await code.treeRow('000004_other.up.sql').click();
    await expect.poll(problems, wait).toContain('000004_other');
    await code.page.keyboard.press('Control+1');
    await lint.goTo(1, 1);
    await code.screenshot('lint-duplicate-dark');
    expect((await lint.quickFixes())[0]).toBe('Give it the version 000005');
    await lint.quickFix(/000005/);
    const files = (): Promise<readonly string[]> => readdir(join(workspace.path, 'migrations'));
    await expect
      .poll(files, wait)
      .toEqual(expect.arrayContaining(['000005_other.up.sql', '000005_other.down.sql']));
    expect(await files()).not.toContain('000004_other.down.sql');
  });

  it('is told of a file that came behind one that is applied', async () => {
    await workspace.migration(
      '000006_later',
      'CREATE TABLE later (id bigint PRIMARY KEY);',
      'DROP TABLE later;',
    );
    await commit('migrations/000006_later.up.sql', 'migrations/000006_later.down.sql');
    await database.sql(`CREATE TABLE later (id bigint PRIMARY KEY);
      CREATE INDEX orders_by_customer ON orders (customer_id);
      UPDATE schema_migrations SET version = 6`);
    await code.command('Howdah: Refresh');
    await code.openFile('000005_other.up.sql');
    await expect.poll(problems, wait).toContain('Never runs where 000006 is applied already');
    // What an execution has shown of a file is of no use once that is applied.
    expect(await problems()).not.toContain('column "cus" does not exist');
    await code.page.keyboard.press('Control+1');
    await lint.goTo(1, 1);
    await code.screenshot('lint-never-runs');
    await lint.quickFix('Give it the version 000007');
    await code.editorTab('000007_other.up.sql').waitFor();
    await expect.poll(problems, wait).not.toContain('Never runs');
  });
});

describe('a migration that is applied', () => {
  it('has what was changed since, and nothing once that is taken back', async () => {
    await code.openFile('000002_create_orders.up.sql');
    await write('CREATE TABLE orders (id bigint PRIMARY KEY);\n');
    await code.page.keyboard.press('Control+s');
    const changed =
      /000002_create_orders\.up\.sql of folder migrations\n.*Was changed after it had been applied on \.env DATABASE_URL/;
    await expect.poll(problems, wait).toMatch(changed);
    await code.screenshot('lint-edited');
    await workspace.write('migrations/000002_create_orders.up.sql', `${sound[1]?.up}\n`);
    await expect.poll(problems, wait).not.toMatch(changed);
  });
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
});
